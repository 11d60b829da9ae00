using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using WaGrains.CloudApi.Sending;
using WaGrains.Engine.Commits;
using WaGrains.Engine.Reading;
using WaGrains.Host.Access;
using WaGrains.Host.Agents;
using WaGrains.Host.Alerts;
using WaGrains.Host.Billing;
using WaGrains.Host.Conversations;
using WaGrains.Host.Events;
using WaGrains.Host.Forecasts;
using WaGrains.Host.Idempotency;
using WaGrains.Host.Ids;
using WaGrains.Host.Messages;
using WaGrains.Host.OpenApi;
using WaGrains.Host.Pages;
using WaGrains.Host.PhoneNumbers;
using WaGrains.Host.Portfolios;
using WaGrains.Host.Problems;
using WaGrains.Host.Sending;
using WaGrains.Host.Sends;
using WaGrains.Host.Stops;
using WaGrains.Host.Teams;
using WaGrains.Host.Tenants;
using WaGrains.Host.Timelines;

namespace WaGrains.Host;

/// <summary>The REST API: what it needs and what it serves.</summary>
public static class RestApi
{
    private const string Section = "WaGrains";

    /// <summary>
    /// Adds the API. The composition brings the store, the owners, the contacts' directory, Meta's connection and the
    /// operator's key; it may bring
    /// a clock and a vault of its own before this.
    /// </summary>
    public static IServiceCollection AddRestApi(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ApiOptions>().Bind(configuration.GetSection(Section))
            .Validate(options => options.RequestsPerSecond is >= 1 and <= 100_000,
                "RequestsPerSecond must be 1 to 100,000.")
            .Validate(options => options.DataFolder.Length > 0, "DataFolder must not be empty.")
            .Validate(options => options.RateCardFile is not { Length: > 0 } card || File.Exists(card),
                "RateCardFile must be a file.")
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider =>
            TokenVault.In(provider.GetRequiredService<IOptions<ApiOptions>>().Value.DataFolder));
        services.TryAddSingleton<GraphNumberReader>();
        services.AddSingleton<IProblemDetailsWriter, ProblemWriter>();
        services.AddProblemDetails();
        services.AddHttpContextAccessor();
        services.ConfigureHttpJsonOptions(options => ApiJson.Configure(options.SerializerOptions));
        services.AddAccess();
        services.AddReference();
        services.AddSingleton(provider => RateCardFile.Read(provider.GetRequiredService<IOptions<ApiOptions>>()));
        services.TryAddSingleton<EventBell>();
        services.AddSingleton<EventStreams>();
        services.TryAddSingleton<IFeedReads>(provider => provider.GetRequiredService<IStore>().Reads);
        return services.AddSingleton<IdSource>()
            .AddSingleton<Commands>()
            .AddSingleton<Reach>()
            .AddSingleton<ConversationShelf>()
            .AddSingleton<ConversationDesk>()
            .AddSingleton<Outbox>()
            .AddSingleton<Withdrawal>()
            .AddSingleton<SendUploads>()
            .AddSingleton<SendReader>()
            .AddSingleton<SendCounts>()
            .AddSingleton<MessageTimeline>()
            .AddSingleton<DrainReader>()
            .AddSingleton<NumberOutlooks>()
            .AddSingleton<ConsentSurvey>()
            .AddSingleton<ForecastMakings>()
            .AddSingleton<ForecastDesk>()
            .AddSingleton<SendRegister>()
            .AddSingleton<NumberRegister>()
            .AddSingleton<PaceHistoryReader>();
    }

    /// <summary>
    /// What every request passes, in this order: problems, routing, keys, their rate, their roles. Whatever is mapped
    /// needs a key unless it says
    /// otherwise.
    /// </summary>
    public static void UseRestApi(this WebApplication app)
    {
        app.UseMiddleware<ProblemBoundary>();
        app.UseRouting();
        app.UseMiddleware<UnknownPaths>();
        app.UseAuthentication();
        app.UseMiddleware<RequestRate>();
        app.UseAuthorization();
    }

    /// <summary>Serves the API, its description and its reference page.</summary>
    public static void MapRestApi(this IEndpointRouteBuilder routes)
    {
        routes.MapTenants();
        routes.MapConfiguration();
        routes.MapKeys();
        routes.MapNumbers();
        routes.MapPace();
        routes.MapStops();
        routes.MapPortfolios();
        routes.MapConversations();
        routes.MapMessages();
        routes.MapSends();
        routes.MapDrain();
        routes.MapAgents();
        routes.MapTeams();
        routes.MapAlerts();
        routes.MapEvents();
        routes.MapWatch();
        routes.MapReference();
    }
}
