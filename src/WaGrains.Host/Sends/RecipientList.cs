using System.IO.Hashing;
using System.Text;
using System.Text.Json;
using WaGrains.Domain.Bulk;
using WaGrains.Domain.Contacts;
using WaGrains.Domain.Messaging;
using WaGrains.Host.Problems;

namespace WaGrains.Host.Sends;

/// <summary>
/// Reads the recipients of a bulk send one at a time and notes what is wrong with them, the first of many. Remembers of
/// each no more than a hash, to find those who stand in the list twice.
/// </summary>
internal sealed class RecipientList(List<FieldMistake> mistakes)
{
    /// <summary>Most recipients of one send.</summary>
    public const int CountMax = 1_000_000;

    /// <summary>Mistakes that are named; beyond them reading ends.</summary>
    public const int MistakesMax = 20;

    private const int VariablesMax = 20;
    private const int VariableCharsMax = 1_000;

    private readonly HashSet<UInt128> _seen = [];

    /// <summary>How many were read.</summary>
    public int Count { get; private set; }

    /// <summary>The recipient as it is stored; null, and a mistake noted, where it cannot be one.</summary>
    public BulkRecipient? Read(JsonElement element)
    {
        var path = $"recipients[{Count}]";
        var position = Count++;
        if (position == CountMax)
        {
            mistakes.Add(new FieldMistake("recipients", "too_many", $"At most {CountMax}."));
            return null;
        }

        var to = element.ValueKind switch
        {
            JsonValueKind.String => element.GetString(),
            JsonValueKind.Object when element.TryGetProperty("to", out var inside)
                && inside.ValueKind == JsonValueKind.String => inside.GetString(),
            _ => null,
        };
        if (to is null)
        {
            mistakes.Add(new FieldMistake($"{path}.to", "missing", "Is required."));
            return null;
        }

        if (!Recipient.TryRead(to, out var recipient))
        {
            mistakes.Add(new FieldMistake(
                $"{path}.to", "invalid_phone", "Must be a phone number with country code, or a user id."));
            return null;
        }

        var person = recipient.Phone is { } phone ? NationalVariants.Canonical(phone) : recipient.Address;
        if (!_seen.Add(XxHash128.HashToUInt128(Encoding.UTF8.GetBytes(person))))
        {
            mistakes.Add(new FieldMistake(
                $"{path}.to", "duplicate_recipient", "This person stands in the list already."));
            return null;
        }

        return Variables(element, path, out var variables)
            ? new BulkRecipient(position, recipient.Address, variables)
            : null;
    }

    /// <summary>Notes what is wrong with the content that this recipient would get.</summary>
    /// <param name="recipient">Whom.</param>
    /// <param name="content">What is sent to all.</param>
    /// <param name="names">Its placeholders.</param>
    public void Check(BulkRecipient recipient, MessageContent content, IReadOnlyList<string> names)
    {
        var path = $"recipients[{recipient.Position}].variables";
        foreach (var name in names)
        {
            if (recipient.Variables?.ContainsKey(name) != true)
            {
                mistakes.Add(new FieldMistake($"{path}.{name}", "variable_missing", "The content asks for it."));
                return;
            }
        }

        if (names.Count > 0
            && MessageContentRules.Check(Placeholders.Fill(content, recipient.Variables)) is [var wrong, ..])
        {
            mistakes.Add(new FieldMistake(path, wrong.Code, $"With these {wrong.Param}: {wrong.Message}"));
        }
    }

    private bool Variables(JsonElement element, string path, out Dictionary<string, string>? variables)
    {
        variables = null;
        if (element.ValueKind != JsonValueKind.Object)
        {
            return true;
        }

        foreach (var member in element.EnumerateObject().Where(member => member.Name is not ("to" or "variables")))
        {
            mistakes.Add(new FieldMistake($"{path}.{member.Name}", "unknown", "There is no such member."));
            return false;
        }

        if (!element.TryGetProperty("variables", out var given) || given.ValueKind == JsonValueKind.Null)
        {
            return true;
        }

        if (given.ValueKind != JsonValueKind.Object || given.EnumerateObject().Any(IsNoVariable)
            || given.GetPropertyCount() > VariablesMax)
        {
            mistakes.Add(new FieldMistake(
                $"{path}.variables", "invalid",
                $"An object of at most {VariablesMax} texts of at most {VariableCharsMax} characters."));
            return false;
        }

        variables = given.EnumerateObject().ToDictionary(each => each.Name, each => each.Value.GetString()!);
        return true;
    }

    private static bool IsNoVariable(JsonProperty member) =>
        member.Value.ValueKind != JsonValueKind.String || member.Value.GetString()!.Length > VariableCharsMax
        || member.Value.GetString()!.Contains('\0');
}
