using WaGrains.Sandbox.Judging;
using WaGrains.Sandbox.Sends;

namespace WaGrains.Sandbox.Customers;

/// <summary>
/// All seeded customers. Arrivals are open-loop (the rate holds however slow the business is): the next message comes
/// from someone free to write, or, if all are waiting, from someone who has lost patience.
/// </summary>
internal sealed class Crowd
{
    private readonly IReadOnlyList<Customer> _customers;
    private readonly CustomerHabits _habits;
    private readonly Chance _chance;
    private readonly Agenda<Action<DateTimeOffset>> _agenda;
    private readonly Intake _intake;
    private readonly Composer _composer;
    private readonly Dictionary<(string Number, string Person), Customer> _known = [];
    private readonly List<Customer> _idle = [];
    private double _perMinute;
    private long _pace;

    public Crowd(
        IReadOnlyList<Customer> customers,
        CustomerHabits habits,
        Chance chance,
        Agenda<Action<DateTimeOffset>> agenda,
        Intake intake)
    {
        _customers = customers;
        _habits = habits;
        _chance = chance;
        _agenda = agenda;
        _intake = intake;
        _composer = new Composer(habits, chance);
        foreach (var customer in customers)
        {
            Register(customer);
            MakeIdle(customer);
        }
    }

    public int Waiting { get; private set; }

    public Customer? Find(NumberState number, Recipient recipient) =>
        (recipient.WaId ?? recipient.UserId) is { } key && _known.TryGetValue((number.Id, key), out var customer)
            ? customer
            : null;

    /// <summary>Someone writes out of turn; strangers become known, but never write of their own accord.</summary>
    public string Visit(NumberState number, Person person, string text, DateTimeOffset at)
    {
        if (!_known.TryGetValue((number.Id, person.Key), out var customer))
        {
            customer = new Customer(person, number, Language.English);
            Register(customer);
        }

        var wamid = _intake.Receive(number, customer.Person, customer.Contact, Composer.Text(text), at);
        customer.Opened(wamid);
        return wamid;
    }

    public void StopWriting() => _pace++;

    public void StartWriting(DateTimeOffset now, double perMinute)
    {
        _pace++;
        _perMinute = perMinute;
        if (perMinute > 0 && _customers.Count > 0)
        {
            ScheduleArrival(now, _pace);
        }
    }

    public void Heard(Customer customer, SendRequest request, string wamid, DateTimeOffset now)
    {
        if (request.Type == "reaction")
        {
            return;
        }

        customer.Answer(request.ContextId, _intake.Tally);
        customer.LastOutbound = wamid;
        customer.Choices = ChoiceReader.Read(request);
        if (!customer.IsWaiting)
        {
            return;
        }

        EndWait(customer);
        var wait = customer.Wait;
        _agenda.Add(now + _chance.Exponential(_habits.ThinkSeconds), _ => MakeIdleIfStill(customer, wait));
    }

    private void Register(Customer customer)
    {
        _known[(customer.Number.Id, customer.Person.UserId)] = customer;
        if (customer.Person.WaId is { } waId)
        {
            _known[(customer.Number.Id, waId)] = customer;
        }
    }

    private void ScheduleArrival(DateTimeOffset from, long pace) =>
        _agenda.Add(from + _chance.Exponential(60 / _perMinute), at =>
        {
            if (pace == _pace)
            {
                Arrive(at);
                ScheduleArrival(at, pace);
            }
        });

    private void Arrive(DateTimeOffset at)
    {
        if (_intake.IsFull)
        {
            return;
        }

        var customer = _chance.Pick(_idle.Count > 0 ? _idle : _customers);
        var draft = _composer.Next(customer);
        var wamid = _intake.Receive(customer.Number, customer.Person, customer.Contact, draft, at);
        customer.LastText = draft.Type == "text" ? wamid : customer.LastText;
        if (!draft.ExpectsAnswer)
        {
            return;
        }

        customer.Choices = [];
        customer.Opened(wamid);
        LeaveIdle(customer);
        Waiting += customer.IsWaiting ? 0 : 1;
        customer.IsWaiting = true;
        customer.Wait++;
        customer.WaitsUntil = at + TimeSpan.FromSeconds(_habits.PatienceSeconds);
        SetAlarm(customer);
    }

    private void SetAlarm(Customer customer)
    {
        if (!customer.HasAlarm)
        {
            customer.HasAlarm = true;
            _agenda.Add(customer.WaitsUntil, at => LosePatience(customer, at));
        }
    }

    private void LosePatience(Customer customer, DateTimeOffset at)
    {
        customer.HasAlarm = false;
        if (!customer.IsWaiting)
        {
            return;
        }

        if (at < customer.WaitsUntil)
        {
            SetAlarm(customer);
            return;
        }

        EndWait(customer);
        MakeIdle(customer);
    }

    private void EndWait(Customer customer)
    {
        customer.IsWaiting = false;
        customer.Wait++;
        Waiting--;
    }

    private void MakeIdleIfStill(Customer customer, long wait)
    {
        if (customer.Wait == wait)
        {
            MakeIdle(customer);
        }
    }

    private void MakeIdle(Customer customer)
    {
        if (customer.IdlePlace < 0)
        {
            customer.IdlePlace = _idle.Count;
            _idle.Add(customer);
        }
    }

    private void LeaveIdle(Customer customer)
    {
        if (customer.IdlePlace < 0)
        {
            return;
        }

        var last = _idle[^1];
        _idle[customer.IdlePlace] = last;
        last.IdlePlace = customer.IdlePlace;
        _idle.RemoveAt(_idle.Count - 1);
        customer.IdlePlace = -1;
    }
}
