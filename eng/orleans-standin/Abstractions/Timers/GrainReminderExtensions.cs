using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Standin.Reminders;

namespace Orleans;

/// <summary>A grain's reminders. They outlive activations, silos and restarts of the cluster.</summary>
public static class GrainReminderExtensions
{
    /// <summary>Makes a reminder, or changes it.</summary>
    /// <param name="grain">The grain.</param>
    /// <param name="reminderName">Unique in its grain.</param>
    /// <param name="dueTime">Until the first tick.</param>
    /// <param name="period">From tick to tick: a minute at least.</param>
    /// <exception cref="ArgumentException">The period is too short.</exception>
    /// <exception cref="InvalidOperationException">The grain is not <see cref="IRemindable"/>.</exception>
    public static Task<IGrainReminder> RegisterOrUpdateReminder(
        this Grain grain, string reminderName, TimeSpan dueTime, TimeSpan period) =>
        Registry(grain).RegisterAsync(grain.GrainContext.GrainId, reminderName, dueTime, period);

    /// <summary>A reminder by its name; null where there is none.</summary>
    /// <param name="grain">The grain.</param>
    /// <param name="reminderName">Its name.</param>
    public static Task<IGrainReminder?> GetReminder(this Grain grain, string reminderName) =>
        Registry(grain).GetAsync(grain.GrainContext.GrainId, reminderName);

    /// <summary>All reminders of the grain.</summary>
    /// <param name="grain">The grain.</param>
    public static Task<List<IGrainReminder>> GetReminders(this Grain grain) =>
        Registry(grain).GetAllAsync(grain.GrainContext.GrainId);

    /// <summary>Ends a reminder.</summary>
    /// <param name="grain">The grain.</param>
    /// <param name="reminder">As it was got or registered last.</param>
    /// <exception cref="ReminderException">It was changed since.</exception>
    public static Task UnregisterReminder(this Grain grain, IGrainReminder reminder) =>
        Registry(grain).UnregisterAsync(grain.GrainContext.GrainId, reminder);

    private static ReminderRegistry Registry(Grain grain) => grain is not IRemindable
        ? throw new InvalidOperationException($"{grain.GetType()} uses reminders but does not implement IRemindable.")
        : grain.ServiceProvider.GetService<ReminderRegistry>()
            ?? throw new OrleansConfigurationException("No reminder service: call UseAdoNetReminderService on the silo builder.");
}
