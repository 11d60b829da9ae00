using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using WaGrains.Host.Tests.Api;

namespace WaGrains.Host.Tests.OpenApi;

public sealed partial class ReferenceTests
{
    private const string Update = "WAGRAINS_UPDATE_GOLDENS";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    [Fact]
    public async Task Description_is_the_golden_one()
    {
        await using var api = await TestApi.Run();
        var now = JsonNode.Parse((await api.Anybody.Get("/openapi/v1.json")).Text)!.ToJsonString(Indented) + "\n";
        var path = Golden();
        if (Environment.GetEnvironmentVariable(Update) == "1")
        {
            await File.WriteAllTextAsync(path, now);
        }

        Assert.True(
            File.Exists(path) && await File.ReadAllTextAsync(path) == now,
            $"The API's description has changed: renew it with {Update}=1 and review the difference.");
    }

    [Fact]
    public async Task Every_operation_has_a_name_a_summary_a_tag_and_its_problems()
    {
        await using var api = await TestApi.Run();
        var paths = (await api.Anybody.Get("/openapi/v1.json")).Ok(200).GetProperty("paths");

        foreach (var path in paths.EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject())
            {
                var at = $"{operation.Name} {path.Name}";
                Assert.True(operation.Value.TryGetProperty("operationId", out _), $"{at} has no name");
                Assert.True(
                    operation.Value.TryGetProperty("summary", out var summary) && summary.GetString()!.Length > 0,
                    $"{at} has no summary");
                Assert.True(operation.Value.GetProperty("tags").GetArrayLength() == 1, $"{at} has no tag");
                Assert.True(operation.Value.GetProperty("responses").TryGetProperty("401", out _),
                    $"{at} has no problems");
            }
        }
    }

    [Fact]
    public async Task Every_path_of_the_description_needs_a_key()
    {
        await using var api = await TestApi.Run();
        var paths = (await api.Anybody.Get("/openapi/v1.json")).Ok(200).GetProperty("paths");

        foreach (var path in paths.EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject())
            {
                var at = path.Name.Replace("{id}", "none", StringComparison.Ordinal);
                (await api.Anybody.Send(new HttpMethod(operation.Name.ToUpperInvariant()), at, null))
                    .Problem(401, "unauthorized");
            }
        }
    }

    [Fact]
    public async Task Reference_page_loads_nothing_from_elsewhere()
    {
        await using var api = await TestApi.Run();

        var page = await api.Anybody.Get("/reference/");

        Assert.Equal(200, page.Status);
        Assert.Empty(Outside().Matches(page.Text).Select(match => match.Value));
        var script = Script().Match(page.Text).Groups[1].Value;
        Assert.Equal(200, (await api.Anybody.Get($"/reference/{script}")).Status);
    }

    private static string Golden([System.Runtime.CompilerServices.CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "Goldens", "openapi.v1.json");

    [GeneratedRegex("(src|href)=\"(https?:)?//[^\"]*\"")]
    private static partial Regex Outside();

    [GeneratedRegex("src=\"([^\"]*scalar[^\"]*\\.js)\"")]
    private static partial Regex Script();
}
