using WaGrains.Domain.Messaging;

namespace WaGrains.CloudApi.Sending;

/// <summary>Meta's words for our enums, each written once.</summary>
internal static class GraphWords
{
    public static ReadOnlySpan<byte> Of(MediaKind kind) => kind switch
    {
        MediaKind.Image => "image"u8,
        MediaKind.Video => "video"u8,
        MediaKind.Audio => "audio"u8,
        MediaKind.Document => "document"u8,
        MediaKind.Sticker => "sticker"u8,
    };

    public static MediaKind? Media(string? word) => word switch
    {
        "image" => MediaKind.Image,
        "video" => MediaKind.Video,
        "audio" => MediaKind.Audio,
        "document" => MediaKind.Document,
        "sticker" => MediaKind.Sticker,
        _ => null,
    };

    public static ReadOnlySpan<byte> Of(TemplateButtonKind kind) => kind switch
    {
        TemplateButtonKind.QuickReply => "quick_reply"u8,
        TemplateButtonKind.Url => "url"u8,
        TemplateButtonKind.CopyCode => "copy_code"u8,
        TemplateButtonKind.Flow => "flow"u8,
        TemplateButtonKind.Catalog => "catalog"u8,
        TemplateButtonKind.MultiProduct => "mpm"u8,
        TemplateButtonKind.VoiceCall => "voice_call"u8,
    };

    public static TemplateButtonKind? Button(string? word) => word switch
    {
        "quick_reply" => TemplateButtonKind.QuickReply,
        "url" => TemplateButtonKind.Url,
        "copy_code" => TemplateButtonKind.CopyCode,
        "flow" => TemplateButtonKind.Flow,
        "catalog" => TemplateButtonKind.Catalog,
        "mpm" => TemplateButtonKind.MultiProduct,
        "voice_call" => TemplateButtonKind.VoiceCall,
        _ => null,
    };

    public static TemplateCategory? Category(string? word) => word switch
    {
        null => TemplateCategory.Unknown,
        "marketing" or "MARKETING" => TemplateCategory.Marketing,
        "utility" or "UTILITY" => TemplateCategory.Utility,
        "authentication" or "AUTHENTICATION" => TemplateCategory.Authentication,
        _ => null,
    };
}
