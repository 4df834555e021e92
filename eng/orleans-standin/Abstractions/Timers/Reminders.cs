namespace Orleans.Runtime
{
    /// <summary>A registered reminder.</summary>
    public interface IGrainReminder
    {
        /// <summary>Its name, unique in its grain.</summary>
        string ReminderName { get; }
    }

    /// <summary>What a tick of a reminder says about itself.</summary>
    [GenerateSerializer, Immutable, Alias("Orleans.TickStatus")]
    public readonly struct TickStatus
    {
        /// <summary>Makes a status.</summary>
        /// <param name="firstTickTime">When the first tick was due, UTC.</param>
        /// <param name="period">From tick to tick.</param>
        /// <param name="timeStamp">When this tick was sent, UTC.</param>
        public TickStatus(DateTime firstTickTime, TimeSpan period, DateTime timeStamp) =>
            (FirstTickTime, Period, CurrentTickTime) = (firstTickTime, period, timeStamp);

        /// <summary>When the first tick was due, UTC.</summary>
        [Id(0)]
        public DateTime FirstTickTime { get; }

        /// <summary>From tick to tick.</summary>
        [Id(1)]
        public TimeSpan Period { get; }

        /// <summary>When this tick was sent, UTC.</summary>
        [Id(2)]
        public DateTime CurrentTickTime { get; }

        /// <inheritdoc/>
        public override string ToString() => $"<{FirstTickTime:O}, {Period}, {CurrentTickTime:O}>";
    }
}

namespace Orleans
{
    /// <summary>A grain that has reminders.</summary>
    public interface IRemindable : IGrain
    {
        /// <summary>Called at each tick, wherever the grain then runs.</summary>
        /// <param name="reminderName">Which reminder.</param>
        /// <param name="status">Which tick.</param>
        Task ReceiveReminder(string reminderName, Runtime.TickStatus status);
    }
}
