using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WaGrains.Tidy.Tests.Rules;

/// <summary>What the rules read off a syntax node: names only, types are the banned-API analyzer's.</summary>
public static class Syntax
{
    /// <summary>The last two names of a member access: <c>System.Random.Shared</c> is <c>Random.Shared</c>.</summary>
    public static string Dotted(MemberAccessExpressionSyntax access) =>
        $"{LastName(access.Expression)}.{access.Name.Identifier.ValueText}";

    /// <summary>The last name of a name or member access, empty for anything else.</summary>
    public static string LastName(ExpressionSyntax expression) => expression switch
    {
        SimpleNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
        QualifiedNameSyntax name => name.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax name => name.Name.Identifier.ValueText,
        ConditionalAccessExpressionSyntax access => LastName(access.WhenNotNull),
        InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax called } => LastName(called),
        _ => "",
    };

    /// <summary>True where the name before the dot is the type itself, not a property of that name.</summary>
    public static bool IsTypeAccess(MemberAccessExpressionSyntax access, string type) => access.Expression switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText == type,
        MemberAccessExpressionSyntax inner => inner.ToString() == $"System.{type}",
        _ => false,
    };

    /// <summary>The type an object creation makes, also where it is only told by what it is assigned to.</summary>
    public static string CreatedType(BaseObjectCreationExpressionSyntax creation) => creation switch
    {
        ObjectCreationExpressionSyntax explicitly => LastName(explicitly.Type),
        { Parent: EqualsValueClauseSyntax { Parent.Parent: VariableDeclarationSyntax to } } => LastName(to.Type),
        { Parent: EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax to } } => LastName(to.Type),
        { Parent: ArrowExpressionClauseSyntax { Parent: MethodDeclarationSyntax to } } => LastName(to.ReturnType),
        { Parent: ArrowExpressionClauseSyntax { Parent: PropertyDeclarationSyntax to } } => LastName(to.Type),
        _ => "",
    };

    /// <summary>Every piece of text in quotes, of any kind, without the holes of interpolated ones.</summary>
    public static IEnumerable<SyntaxToken> Texts(SyntaxNode root) => root.DescendantTokens().Where(token => token.Kind()
        is SyntaxKind.StringLiteralToken
        or SyntaxKind.Utf8StringLiteralToken
        or SyntaxKind.SingleLineRawStringLiteralToken
        or SyntaxKind.MultiLineRawStringLiteralToken
        or SyntaxKind.Utf8SingleLineRawStringLiteralToken
        or SyntaxKind.Utf8MultiLineRawStringLiteralToken
        or SyntaxKind.InterpolatedStringTextToken);
}
