using WaGrains.Domain.Ids;
using WaGrains.Domain.Routing;
using WaGrains.Domain.Teams;
using WaGrains.Host.Problems;

namespace WaGrains.Host.Teams;

/// <summary>Agents who share a waiting queue.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Strategy">Who gets the next conversation: least_loaded, round_robin or sticky.</param>
/// <param name="Members">Its agents.</param>
internal sealed record TeamResource(TeamId Id, string Name, RoutingStrategy Strategy, IReadOnlyList<AgentId> Members)
{
    public static TeamResource Of(TeamState state) => new(state.Id, state.Name, state.Strategy, state.Members);
}

/// <summary>A team to add, or what to change of one.</summary>
/// <param name="Name">1 to 100 characters; needed for a new one.</param>
/// <param name="Strategy">least_loaded unless given, round_robin or sticky.</param>
/// <param name="Members">Agents of the tenant, at most 1,000; replaces the members as a whole.</param>
internal sealed record TeamRequest(
    string? Name = null, RoutingStrategy? Strategy = null, IReadOnlyList<AgentId>? Members = null)
{
    private const int NameCharsMax = 100;
    private const int MembersMax = 1_000;

    public List<FieldMistake> Mistakes(bool isNew)
    {
        var mistakes = new List<FieldMistake>();
        if (Name is null ? isNew : Name.Length > NameCharsMax || string.IsNullOrWhiteSpace(Name))
        {
            mistakes.Add(
                new FieldMistake("name", Name is null ? "missing" : "invalid", $"1 to {NameCharsMax} characters."));
        }

        if (Members?.Count > MembersMax)
        {
            mistakes.Add(new FieldMistake("members", "too_many", $"At most {MembersMax}."));
        }

        return mistakes;
    }
}
