namespace WaGrains.Engine.Tests;

/// <summary>Takes the results of tasks that are known to be done: a test here never waits.</summary>
internal static class Finished
{
    public static T Result<T>(this ValueTask<T> task, string what) =>
        task.IsCompleted ? task.GetAwaiter().GetResult() : throw new InvalidOperationException($"{what} is not done");

    public static T Done<T>(this Task<T> task)
    {
        Done((Task)task);
        return task.GetAwaiter().GetResult();
    }

    public static void Done(this Task task)
    {
        Assert.True(task.IsCompleted, "The task waits for something that is not staged.");
        task.GetAwaiter().GetResult();
    }
}
