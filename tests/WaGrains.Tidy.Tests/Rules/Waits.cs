using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WaGrains.Tidy.Tests.Trees;

namespace WaGrains.Tidy.Tests.Rules;

/// <summary>Waiting, forgetting and catching: where a failure gets lost or a thread is held.</summary>
public static class Waits
{
    private static readonly HashSet<string> WaitingTypes =
        ["Task", "ValueTask", "IAsyncEnumerable", "CancellationToken", "TaskCompletionSource", "TimeProvider"];

    public static IEnumerable<Rule> Rules { get; } =
    [
        Rule.OfCode("waiting in Domain", file => file.InProject("Domain"), DomainWaits),
        Rule.OfCode("task run", file => file.InSource, TaskRuns),
        Rule.OfCode("blocking wait", _ => true, BlockingWaits),
        Rule.OfCode("async void", _ => true, AsyncVoids),
        Rule.OfCode("dropped task", _ => true, DroppedTasks),
        Rule.OfCode("catch all", file => file.InSource, CatchAlls),
        Rule.OfCode("configure await", file => file.InProject("Grains"), ConfiguredAwaits),
    ];

    private static IEnumerable<Finding> DomainWaits(TextFile file)
    {
        var types = file.Nodes<SimpleNameSyntax>()
            .Where(name => WaitingTypes.Contains(name.Identifier.ValueText))
            .Select(name => (Token: name.Identifier, Word: name.Identifier.ValueText));
        var words = file.Syntax.DescendantTokens()
            .Where(token => token.Kind() is SyntaxKind.AwaitKeyword or SyntaxKind.AsyncKeyword)
            .Select(token => (Token: token, Word: token.ValueText));
        return types.Concat(words).Select(found => file.At(
            found.Token,
            $"{found.Word} in Domain; take time as an argument, return effects, let Engine wait",
            found.Word));
    }

    private static IEnumerable<Finding> TaskRuns(TextFile file) =>
        from access in file.Nodes<MemberAccessExpressionSyntax>()
        let call = Syntax.Dotted(access)
        where call is "Task.Run" or "Factory.StartNew"
        select file.At(access, $"{call}; a loop has an owner that starts it, watches it and stops it", call);

    // `.Result` is also a name that types of ours may use, so only what is visibly a task counts here.
    private static IEnumerable<Finding> BlockingWaits(TextFile file) =>
        from access in file.Nodes<MemberAccessExpressionSyntax>()
        let name = access.Name.Identifier.ValueText
        where (name == "Result" && LooksLikeTask(access.Expression))
            || (name == "Wait" && access.Parent is InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0 })
            || (name == "GetResult" && access.Expression.ToString().EndsWith("GetAwaiter()", StringComparison.Ordinal))
        select file.At(access, $".{name} holds a thread until the task is done; await it", name);

    private static bool LooksLikeTask(ExpressionSyntax expression) => expression is InvocationExpressionSyntax call
        ? Syntax.LastName(call.Expression).EndsWith("Async", StringComparison.Ordinal)
        : Syntax.LastName(expression).EndsWith("task", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<Finding> AsyncVoids(TextFile file)
    {
        var methods = file.Nodes<MethodDeclarationSyntax>()
            .Where(method => method.Modifiers.Any(SyntaxKind.AsyncKeyword) && IsVoid(method.ReturnType))
            .Select(method => method.Identifier);
        var locals = file.Nodes<LocalFunctionStatementSyntax>()
            .Where(method => method.Modifiers.Any(SyntaxKind.AsyncKeyword) && IsVoid(method.ReturnType))
            .Select(method => method.Identifier);
        return methods.Concat(locals).Select(name => file.At(
            name, $"async void {name.ValueText} loses its exception; return Task", name.ValueText));
    }

    private static bool IsVoid(TypeSyntax type) =>
        type is PredefinedTypeSyntax predefined && predefined.Keyword.IsKind(SyntaxKind.VoidKeyword);

    private static IEnumerable<Finding> DroppedTasks(TextFile file) =>
        from statement in file.Nodes<ExpressionStatementSyntax>()
        let expression = Discarded(statement.Expression) ?? statement.Expression
        let call = (expression as InvocationExpressionSyntax)?.Expression
        let name = call is null ? Syntax.LastName(expression) : Syntax.LastName(call)
        where (call is not null || expression is ConditionalAccessExpressionSyntax)
            && (name.EndsWith("Async", StringComparison.Ordinal) || call?.ToString() == "Task.Run")
        select file.At(statement, $"the task of {name} is forgotten; await it or give it an owner", name);

    private static ExpressionSyntax? Discarded(ExpressionSyntax expression) =>
        expression is AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" } } discard
            ? discard.Right
            : null;

    private static IEnumerable<Finding> CatchAlls(TextFile file) =>
        from clause in file.Nodes<CatchClauseSyntax>()
        where clause.Filter is null
            && (clause.Declaration is null || Syntax.LastName(clause.Declaration.Type) == "Exception")
        select file.At(
            clause,
            "catches everything; name the exception, or add the turn boundary or owned loop to Exemptions.cs",
            EnclosingMethod(clause));

    private static string EnclosingMethod(CatchClauseSyntax clause) =>
        clause.Ancestors().OfType<MethodDeclarationSyntax>().FirstOrDefault()?.Identifier.ValueText ?? "";

    private static IEnumerable<Finding> ConfiguredAwaits(TextFile file) =>
        from access in file.Nodes<MemberAccessExpressionSyntax>()
        where access.Name.Identifier.ValueText == "ConfigureAwait"
            && access.Parent is InvocationExpressionSyntax call
            && call.ArgumentList.ToString() != "(true)"
        select file.At(access, "ConfigureAwait leaves the grain's scheduler; delete it", "ConfigureAwait");
}
