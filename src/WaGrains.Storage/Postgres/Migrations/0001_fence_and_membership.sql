-- Who may write. One row per incarnation of a silo; every commit advances last_batch as its first statement, so a
-- closed row refuses it. No index but the key: advancing touches one page and no index.
CREATE TABLE fence (
    silo text COLLATE "C" NOT NULL,
    generation bigint NOT NULL,
    last_batch bigint NOT NULL,
    alive boolean NOT NULL,
    opened_at timestamptz NOT NULL DEFAULT now(),
    backend_pid integer,
    backend_start timestamptz,
    PRIMARY KEY (silo, generation)
) WITH (fillfactor = 10);
CREATE SEQUENCE fence_generation;

-- Ends the transaction with a code of ours: WG001 fence, WG002 version, WG003 conflict. Called only where something
-- stands against a row, so it costs nothing where nothing does.
CREATE FUNCTION refuse(code text, key text) RETURNS integer LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = code, MESSAGE = key;
END $$;

-- Locks a fence row. Whoever holds it for half a second is frozen in the middle of a batch, where no time-out of the
-- server's fires: its backend is ended, and with it the batch. Pid and start both match, or another session would die
-- for it. Fails after about four seconds; its caller tries again.
CREATE FUNCTION fence_lock(of_silo text, of_generation bigint) RETURNS void LANGUAGE plpgsql
SET lock_timeout = '500ms' AS $$
DECLARE
    tries integer := 0;
BEGIN
    LOOP
        BEGIN
            PERFORM 1 FROM fence WHERE silo = of_silo AND generation = of_generation FOR UPDATE;
            RETURN;
        EXCEPTION WHEN lock_not_available THEN
            tries := tries + 1;
            IF tries >= 8 THEN
                RAISE;
            END IF;
        END;
        PERFORM pg_terminate_backend(activity.pid)
        FROM fence JOIN pg_stat_activity AS activity
            ON activity.pid = fence.backend_pid AND activity.backend_start = fence.backend_start
        WHERE fence.silo = of_silo AND fence.generation = of_generation AND activity.pid <> pg_backend_pid();
    END LOOP;
END $$;

CREATE FUNCTION fence_close(of_silo text, of_generation bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM fence_lock(of_silo, of_generation);
    UPDATE fence SET alive = false WHERE silo = of_silo AND generation = of_generation;
END $$;

-- The next incarnation of a silo; those before it may write no more.
CREATE FUNCTION fence_open(of_silo text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    opened bigint;
BEGIN
    PERFORM fence_close(silo, generation) FROM fence WHERE silo = of_silo AND alive ORDER BY generation;
    opened := nextval('fence_generation');
    INSERT INTO fence (silo, generation, last_batch, alive) VALUES (of_silo, opened, 0, true);
    RETURN opened;
END $$;

-- What the runtime calls membership. fence_generation says which incarnation of ours a row stands for.
CREATE TABLE cluster_version (
    deployment_id text COLLATE "C" NOT NULL PRIMARY KEY,
    version integer NOT NULL
) WITH (fillfactor = 50);

CREATE TABLE silo (
    deployment_id text COLLATE "C" NOT NULL,
    address text COLLATE "C" NOT NULL,
    port integer NOT NULL,
    generation integer NOT NULL,
    silo_name text COLLATE "C" NOT NULL,
    host_name text NOT NULL,
    status integer NOT NULL,
    proxy_port integer NOT NULL,
    suspect_times text,
    start_time timestamptz NOT NULL,
    i_am_alive timestamptz NOT NULL,
    fence_generation bigint,
    PRIMARY KEY (deployment_id, address, port, generation)
) WITH (fillfactor = 50);

-- Closes the fences of every other cluster: those bound to it by a row of its, and those bound to none that are too old
-- to belong to a silo that is joining now.
CREATE FUNCTION fence_close_others(of_deployment text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM fence_close(fence.silo, fence.generation) FROM fence
    WHERE fence.alive AND NOT EXISTS (
            SELECT 1 FROM silo
            WHERE silo.deployment_id = of_deployment AND silo.silo_name = fence.silo
                AND silo.fence_generation = fence.generation)
        AND (fence.opened_at < now() - interval '10 minutes' OR EXISTS (
            SELECT 1 FROM silo
            WHERE silo.silo_name = fence.silo AND silo.fence_generation = fence.generation))
    ORDER BY fence.silo, fence.generation;
END $$;

CREATE FUNCTION membership_insert(
    of_deployment text, of_address text, of_port integer, of_generation integer, named text, on_host text,
    new_status integer, at_proxy integer, started timestamptz, alive_at timestamptz, expected integer)
RETURNS boolean LANGUAGE plpgsql SET lock_timeout = '2s' AS $$
BEGIN
    PERFORM fence_close_others(of_deployment);
    UPDATE cluster_version SET version = version + 1 WHERE deployment_id = of_deployment AND version = expected;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    INSERT INTO silo (deployment_id, address, port, generation, silo_name, host_name, status, proxy_port, start_time,
        i_am_alive, fence_generation)
    VALUES (of_deployment, of_address, of_port, of_generation, named, on_host, new_status, at_proxy, started, alive_at,
        (SELECT max(fence.generation) FROM fence WHERE fence.silo = named AND fence.alive));
    RETURN true;
EXCEPTION WHEN unique_violation THEN
    RETURN false;
END $$;

-- A silo that is declared dead may write no more from that moment: its fence is locked before the version row is
-- touched, so that nobody waits at the version row for a frozen client, and closed in the same transaction.
CREATE FUNCTION membership_update(
    of_deployment text, of_address text, of_port integer, of_generation integer, new_status integer, suspects text,
    alive_at timestamptz, expected integer)
RETURNS boolean LANGUAGE plpgsql SET lock_timeout = '2s' AS $$
DECLARE
    fenced record;
BEGIN
    SELECT silo.silo_name, silo.fence_generation INTO fenced
    FROM silo JOIN cluster_version ON cluster_version.deployment_id = silo.deployment_id
    WHERE silo.deployment_id = of_deployment AND silo.address = of_address AND silo.port = of_port
        AND silo.generation = of_generation AND cluster_version.version = expected;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    IF new_status = 6 AND fenced.fence_generation IS NOT NULL THEN
        PERFORM fence_lock(fenced.silo_name, fenced.fence_generation);
    END IF;
    UPDATE cluster_version SET version = version + 1 WHERE deployment_id = of_deployment AND version = expected;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    UPDATE silo SET status = new_status, suspect_times = suspects, i_am_alive = alive_at
    WHERE deployment_id = of_deployment AND address = of_address AND port = of_port AND generation = of_generation;
    IF new_status = 6 THEN
        UPDATE fence SET alive = false
        WHERE fence.silo = fenced.silo_name AND fence.generation = fenced.fence_generation;
    END IF;
    RETURN true;
END $$;

-- What the runtime runs, by its own names; read once per process.
CREATE TABLE OrleansQuery (
    QueryKey text NOT NULL PRIMARY KEY,
    QueryText text NOT NULL
);

INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES
('InsertMembershipVersionKey', '
    WITH added AS (INSERT INTO cluster_version (deployment_id, version) VALUES (@DeploymentId, 0)
        ON CONFLICT DO NOTHING RETURNING 1)
    SELECT EXISTS (SELECT 1 FROM added)'),
('InsertMembershipKey', '
    SELECT membership_insert(@DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort,
        @StartTime, @IAmAliveTime, @Version)'),
('UpdateMembershipKey', '
    SELECT membership_update(@DeploymentId, @Address, @Port, @Generation, @Status, @SuspectTimes, @IAmAliveTime,
        @Version)'),
('UpdateIAmAlivetimeKey', '
    UPDATE silo SET i_am_alive = @IAmAliveTime
    WHERE deployment_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation'),
('MembershipReadAllKey', '
    SELECT silo.address AS "Address", silo.port AS "Port", silo.generation AS "Generation",
        silo.silo_name AS "SiloName", silo.host_name AS "HostName", silo.status AS "Status",
        silo.proxy_port AS "ProxyPort", silo.suspect_times AS "SuspectTimes", silo.start_time AS "StartTime",
        silo.i_am_alive AS "IAmAliveTime", cluster_version.version AS "Version"
    FROM cluster_version LEFT JOIN silo ON silo.deployment_id = cluster_version.deployment_id
    WHERE cluster_version.deployment_id = @DeploymentId'),
('MembershipReadRowKey', '
    SELECT silo.address AS "Address", silo.port AS "Port", silo.generation AS "Generation",
        silo.silo_name AS "SiloName", silo.host_name AS "HostName", silo.status AS "Status",
        silo.proxy_port AS "ProxyPort", silo.suspect_times AS "SuspectTimes", silo.start_time AS "StartTime",
        silo.i_am_alive AS "IAmAliveTime", cluster_version.version AS "Version"
    FROM cluster_version LEFT JOIN silo ON silo.deployment_id = cluster_version.deployment_id
        AND silo.address = @Address AND silo.port = @Port AND silo.generation = @Generation
    WHERE cluster_version.deployment_id = @DeploymentId'),
('GatewaysQueryKey', '
    SELECT address AS "Address", proxy_port AS "ProxyPort", generation AS "Generation" FROM silo
    WHERE deployment_id = @DeploymentId AND status = @Status AND proxy_port > 0'),
('DeleteMembershipTableEntriesKey', '
    WITH closed AS (UPDATE fence SET alive = false FROM silo
            WHERE silo.deployment_id = @DeploymentId AND silo.silo_name = fence.silo
                AND silo.fence_generation = fence.generation),
        gone AS (DELETE FROM silo WHERE deployment_id = @DeploymentId)
    DELETE FROM cluster_version WHERE deployment_id = @DeploymentId'),
('CleanupDefunctSiloEntriesKey', '
    DELETE FROM silo WHERE deployment_id = @DeploymentId AND status = 6 AND i_am_alive < @IAmAliveTime
        AND start_time < @IAmAliveTime'),
('CleanupDefunctSiloEntryKey', '
    DELETE FROM silo WHERE deployment_id = @DeploymentId AND address = @Address AND port = @Port
        AND generation = @Generation AND status = 6 AND start_time = @StartTime AND i_am_alive = @IAmAliveTime
        AND suspect_times IS NOT DISTINCT FROM @SuspectTimes');
