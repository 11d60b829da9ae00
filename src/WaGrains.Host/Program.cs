using WaGrains.Host;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddRestApi(builder.Configuration);
builder.Build().MapRestApi().Run();
