using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WaGrains.Tidy.Tests.Trees;

namespace WaGrains.Tidy.Tests.Rules;

/// <summary>Logs tell what happened, never what a customer wrote, who he is or what opens a door.</summary>
public static partial class Logging
{
    private static readonly HashSet<string> Direct = 
        ["LogTrace", "LogDebug", "LogInformation", "LogWarning", "LogError", "LogCritical", "BeginScope"];

    // Names of properties, as the message template spells them. PhoneNumberId and the like are ours and may be told.
    private static readonly HashSet<string> Private = new(StringComparer.OrdinalIgnoreCase)
    {
        "Phone", "PhoneNumber", "WaId", "E164", "Recipient", "Username",
        "Text", "Body", "Content", "Payload", "Caption",
        "Token", "AccessToken", "Secret", "AppSecret", "Password", "ApiKey", "Signature", "ConnectionString",
    };

    public static IEnumerable<Rule> Rules { get; } =
    [
        Rule.OfCode("direct log call", file => file.InSource, DirectCalls),
        Rule.OfCode("interpolated log", file => file.InSource, InterpolatedLogs),
        Rule.OfCode("private log property", file => file.InSource, PrivateProperties),
    ];

    private static IEnumerable<Finding> DirectCalls(TextFile file) =>
        from call in file.Nodes<InvocationExpressionSyntax>()
        let name = Syntax.LastName(call.Expression)
        where Direct.Contains(name)
            || (name == "Log" && call.ArgumentList.Arguments.FirstOrDefault()?.ToString()
                .StartsWith("LogLevel.", StringComparison.Ordinal) == true)
        select file.At(call, $"{name} called directly; declare a [LoggerMessage] in X.Log.cs beside X.cs", name);

    private static IEnumerable<Finding> InterpolatedLogs(TextFile file) =>
        from call in file.Nodes<InvocationExpressionSyntax>()
        let name = Syntax.LastName(call.Expression)
        where name.StartsWith("Log", StringComparison.Ordinal)
            && call.ArgumentList.Arguments.Any(argument => IsBuilt(argument.Expression))
        select file.At(call, $"{name} gets a built string; pass the values as properties of a [LoggerMessage]", name);

    private static bool IsBuilt(ExpressionSyntax expression) => expression
        is InterpolatedStringExpressionSyntax { Contents.Count: > 0 }
        or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression, Left: LiteralExpressionSyntax }
        or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression, Right: LiteralExpressionSyntax };

    private static IEnumerable<Finding> PrivateProperties(TextFile file) =>
        from attribute in file.Nodes<AttributeSyntax>()
        where Syntax.LastName(attribute.Name) == "LoggerMessage"
        from text in Syntax.Texts(attribute)
        from Match hole in Holes().Matches(text.ValueText)
        let name = hole.Groups[1].Value
        where Private.Contains(name)
        select file.At(text, $"logs {{{name}}}; log our id of it, or its length", name);

    [GeneratedRegex(@"\{@?(\w+)[^}]*\}")]
    private static partial Regex Holes();
}
