using System.Data.Common;

namespace Orleans.Configuration
{
    /// <summary>Where a silo finds the membership table.</summary>
    public class AdoNetClusteringSiloOptions
    {
        /// <summary>How to reach the database.</summary>
        public string? ConnectionString { get; set; }

        /// <summary>The database itself, in place of <see cref="ConnectionString"/>.</summary>
        public DbDataSource? DataSource { get; set; }

        /// <summary>The ADO.NET provider: <c>Npgsql</c>.</summary>
        public string Invariant { get; set; } = null!;
    }

    /// <summary>Where a client finds the membership table.</summary>
    public class AdoNetClusteringClientOptions
    {
        /// <summary>How to reach the database.</summary>
        public string? ConnectionString { get; set; }

        /// <summary>The database itself, in place of <see cref="ConnectionString"/>.</summary>
        public DbDataSource? DataSource { get; set; }

        /// <summary>The ADO.NET provider: <c>Npgsql</c>.</summary>
        public string Invariant { get; set; } = null!;
    }

    /// <summary>Where grain state is stored.</summary>
    public class AdoNetGrainStorageOptions
    {
        /// <summary>How to reach the database.</summary>
        public string? ConnectionString { get; set; }

        /// <summary>The database itself, in place of <see cref="ConnectionString"/>.</summary>
        public DbDataSource? DataSource { get; set; }

        /// <summary>The ADO.NET provider: <c>Npgsql</c>.</summary>
        public string Invariant { get; set; } = null!;

        /// <summary>Whether clearing a state deletes its row. Default: no, the row keeps the version.</summary>
        public bool DeleteStateOnClear { get; set; }
    }

    /// <summary>Where reminders are stored.</summary>
    public class AdoNetReminderTableOptions
    {
        /// <summary>How to reach the database.</summary>
        public string? ConnectionString { get; set; }

        /// <summary>The database itself, in place of <see cref="ConnectionString"/>.</summary>
        public DbDataSource? DataSource { get; set; }

        /// <summary>The ADO.NET provider: <c>Npgsql</c>.</summary>
        public string Invariant { get; set; } = null!;
    }
}

namespace Orleans.Hosting
{
    /// <summary>How reminders are kept.</summary>
    public sealed class ReminderOptions
    {
        /// <summary>The shortest period. Default: 1 min.</summary>
        public TimeSpan MinimumReminderPeriod { get; set; } = TimeSpan.FromMinutes(1);

        /// <summary>From reading to reading of the table, beside changes of membership. Default: 5 min.</summary>
        public TimeSpan RefreshReminderListPeriod { get; set; } = TimeSpan.FromMinutes(5);
    }
}
