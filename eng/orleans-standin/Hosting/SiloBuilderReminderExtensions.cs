using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Standin.Database;
using Orleans.Standin.Reminders;

namespace Orleans.Hosting;

/// <summary>Reminders in a database.</summary>
public static class SiloBuilderReminderExtensions
{
    /// <summary>Keeps reminders in this database.</summary>
    /// <param name="builder">The silo.</param>
    /// <param name="configureOptions">Names the database.</param>
    public static ISiloBuilder UseAdoNetReminderService(this ISiloBuilder builder, Action<AdoNetReminderTableOptions> configureOptions) =>
        builder.UseAdoNetReminderService((OptionsBuilder<AdoNetReminderTableOptions> options) => options.Configure(configureOptions));

    /// <summary>Keeps reminders in this database.</summary>
    /// <param name="builder">The silo.</param>
    /// <param name="configureOptions">Names the database.</param>
    public static ISiloBuilder UseAdoNetReminderService(
        this ISiloBuilder builder, Action<OptionsBuilder<AdoNetReminderTableOptions>> configureOptions)
    {
        var services = builder.Services;
        configureOptions(services.AddOptions<AdoNetReminderTableOptions>());
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<IOptions<AdoNetReminderTableOptions>>().Value;
            return new ReminderTable(
                OrleansDatabase.Open(nameof(AdoNetReminderTableOptions), options.Invariant, options.ConnectionString, options.DataSource),
                provider.GetRequiredService<IOptions<ClusterOptions>>().Value.ServiceId);
        });
        services.AddSingleton<ReminderService>();
        services.AddSingleton<ReminderRegistry>();
        return builder;
    }
}
