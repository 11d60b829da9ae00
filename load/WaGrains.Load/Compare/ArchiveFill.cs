using System.Globalization;
using WaGrains.Load.Rig;

namespace WaGrains.Load.Compare;

/// <summary>
/// Fills a migrated database straight by SQL with what a year leaves behind: every class of retention has a tenant of
/// its own and months of its own, made as the store's upkeep makes them.
/// </summary>
internal sealed class ArchiveFill(Stand stand)
{
    /// <summary>Months of the class that keeps ninety days: more would be over.</summary>
    private const int ShortMonths = 3;

    private const int ShortClass = 1;
    private const int Classes = 5;
    private const int Months = 12;
    private const int Partitions = ((Classes - 1) * Months) + ShortMonths;
    private const int MessagesPerConversation = 10;

    /// <summary>Makes all months and rows.</summary>
    /// <param name="messages">Rows in all; each class has a tenant and a tenth as many conversations.</param>
    /// <param name="stop">Ends it between two months.</param>
    public async Task Run(int messages, CancellationToken stop)
    {
        for (var of = 0; of < Classes; of++)
        {
            var months = of == ShortClass ? ShortMonths : Months;
            await stand.Postgres!.Query(Conversations(of, messages / Partitions * months), stop);
            for (var ago = months - 1; ago >= 0; ago--)
            {
                await Month(of, ago, messages / Partitions, stop);
            }
        }

        await Tidy(stop);
    }

    /// <summary>Adds a month whose time is over, so that the next upkeep drops it.</summary>
    /// <param name="messages">Rows in it.</param>
    /// <param name="stop">Ends it.</param>
    public async Task AddOver(int messages, CancellationToken stop)
    {
        await Month(ShortClass, 6, messages, stop);
        await Tidy(stop);
    }

    private async Task Month(int of, int ago, int messages, CancellationToken stop)
    {
        await stand.Postgres!.Query(Table(of, ago), stop);
        await stand.Postgres.Query(Messages(of, ago, messages), stop);
    }

    private async Task Tidy(CancellationToken stop)
    {
        await stand.Postgres!.Query("VACUUM ANALYZE", stop);
        await stand.Postgres.Query("CHECKPOINT", stop);
    }

    // The current and the coming months are there since the store was opened: only what is missing is made.
    private static string Table(int of, int ago) => string.Create(CultureInfo.InvariantCulture, $$"""
        DO $fill$
        DECLARE
            month timestamptz := date_trunc('month', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC'
                - interval '{{ago}} months';
            n integer := extract(year FROM month AT TIME ZONE 'UTC') * 12
                + extract(month FROM month AT TIME ZONE 'UTC') - 1;
            part text := format('message_c{{of}}_%s', to_char(month AT TIME ZONE 'UTC', 'YYYYMM'));
        BEGIN
            INSERT INTO message_month (class, month) VALUES ({{of}}, n) ON CONFLICT DO NOTHING;
            IF NOT FOUND THEN
                RETURN;
            END IF;
            EXECUTE format('CREATE TABLE %I (LIKE message_c{{of}} INCLUDING DEFAULTS) WITH (fillfactor = 88)', part);
            EXECUTE format('ALTER TABLE message_c{{of}} ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', part,
                {{First("month")}}, {{First("month + interval '1 month'")}});
        END $fill$
        """);

    // Three quarters of a webhook's message object; the ids carry the time in their first 48 bits.
    private static string Messages(int of, int ago, int messages) => string.Create(CultureInfo.InvariantCulture, $$"""
        INSERT INTO message (id, conversation, status_at, class, direction, status, is_content, tenant, kind, author,
            wamid, text, payload)
        SELECT (lpad(to_hex(ms), 12, '0') || substr(md5('{{of}}/{{ago}}/' || g), 1, 20))::uuid,
            md5('{{of}}/' || g % greatest(1, {{messages}} / {{MessagesPerConversation}}))::uuid,
            (ms + 62135596800000) * 1000, {{of}}, g % 2, CASE g % 2 WHEN 0 THEN 0 ELSE 5 END, false, 'archive-{{of}}',
            'text', CASE g % 2 WHEN 0 THEN '' ELSE 'bot' END,
            'wamid.HBgNNTUxMTlJTgIAEhgg' || upper(substr(md5('w' || g), 1, 16)) || 'AA==',
            'Obrigado pela mensagem! O catalogo: https://shop.example.test/c ' || g,
            convert_to('{"from":"55119' || g || '","id":"wamid.' || md5('w' || g) || '","timestamp":"' || ms / 1000
                || '","type":"text","text":{"body":"Vi o catalogo e queria saber mais da entrega ' || md5('b' || g)
                || '"},"referral":{"source_url":"https://fb.example.test/' || md5('r' || g) || '","source_type":"ad",'
                || '"headline":"Promo","body":"Fale com a gente","media_type":"image","ctwa_clid":"' || md5('c' || g)
                || '"}' || '}', 'UTF8')
        FROM (
            SELECT g, (extract(epoch FROM start) * 1000)::bigint
                + ((extract(epoch FROM least(start + interval '1 month', now()) - start) * 1000)::bigint - 1)
                    * g / greatest(1, {{messages}}) AS ms
            FROM generate_series(0, {{messages}} - 1) AS g,
                (SELECT date_trunc('month', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' - interval '{{ago}} months')
                    AS month (start)) AS times
        """);

    private static string Conversations(int of, int messages) => string.Create(CultureInfo.InvariantCulture, $$"""
        INSERT INTO retention (tenant, since_month, class) VALUES ('archive-{{of}}', 0, {{of}}) ON CONFLICT DO NOTHING;
        INSERT INTO contact (tenant, id, at, profile_name)
        SELECT 'archive-{{of}}', g, 63000000000000000, 'Contact ' || g FROM generate_series(1, {{messages}} / 10) AS g;
        INSERT INTO identity (tenant, kind, value, contact)
        SELECT 'archive-{{of}}', 1, '55119' || lpad(g::text, 8, '0'), g FROM generate_series(1, {{messages}} / 10) AS g;
        INSERT INTO conversation (tenant, id, number, contact, version, offer, last_activity_at, activity_slot, phase,
            state)
        SELECT 'archive-{{of}}', md5('{{of}}/' || g)::uuid, g % 50, g, 10, 0, 63000000000000000 + g * 1000,
            (63000000000000000 + g * 1000) / 300000000, 4, convert_to(repeat(md5('s' || g), 18), 'UTF8')
        FROM generate_series(0, {{messages}} / 10 - 1) AS g
        """);

    // The smallest id of an instant.
    private static string First(string instant) =>
        $"(lpad(to_hex((extract(epoch FROM {instant}) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid";
}
