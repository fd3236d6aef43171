import { execFileSync } from 'node:child_process'
import { appendFile, chown, mkdir, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { until } from '@clientele/testkit'
import pg from 'pg'
import type { startServeBacking } from '../serve/backing.js'

type Backing = Awaited<ReturnType<typeof startServeBacking>>

/** One PostgreSQL whose write-ahead log is archived, as the runbook of backups has it; its base backup and archive lie in `dir`. */
export const startBackup = async (backing: Backing, dir: string) => {
  const [archive, base] = [join(dir, 'archive'), join(dir, 'base')]
  const data = backing.postgresData
  const { uid, gid } = await stat(data)
  for (const folder of [archive, base]) {
    await mkdir(folder, { mode: 0o700 })
    await chown(folder, uid, gid)
  }
  const onServer = async <T>(work: (client: pg.Client) => Promise<T>) => {
    const client = new pg.Client({ connectionString: backing.adminUrl })
    client.on('error', () => {})
    await client.connect()
    return work(client).finally(() => client.end())
  }
  await onServer(async (client) => {
    await client.query(`alter system set archive_mode = 'on'`)
    await client.query(
      `alter system set archive_command = 'test ! -f ${archive}/%f && cp %p ${archive}/%f.part && sync ${archive}/%f.part && mv ${archive}/%f.part ${archive}/%f'`,
    )
  })
  await backing.restartPostgres()

  return {
    /** The data folder as it is while the server works, and what the server says of it. */
    takeBase: () =>
      onServer(async (client) => {
        await client.query(`select pg_backup_start('drill', fast => true)`)
        copyFolder(data, base, ['./pg_wal/*', './postmaster.pid', './postmaster.opts'])
        const { rows } = await client.query('select labelfile from pg_backup_stop()')
        await writeFile(join(base, 'backup_label'), rows[0].labelfile)
        await chown(join(base, 'backup_label'), uid, gid)
      }),
    /** Names this moment, and waits until all that was before it is in the archive. */
    markPoint: (name: string) =>
      onServer(async (client) => {
        const { rows } = await client.query(
          'select pg_walfile_name(pg_create_restore_point($1)) as file, pg_switch_wal()',
          [name],
        )
        await until(async () => {
          const { rows: archived } = await client.query(
            'select last_archived_wal >= $1 as done from pg_stat_archiver',
            [rows[0].file],
          )
          return archived[0].done as boolean | null
        })
      }),
    /** Puts the base backup in the place of the data folder, and lets the server replay the archive up to a named moment. */
    restoreTo: async (name: string) => {
      await backing.restartPostgres(async () => {
        await rm(data, { recursive: true })
        await mkdir(data, { mode: 0o700 })
        await chown(data, uid, gid)
        copyFolder(base, data, [])
        await appendFile(
          join(data, 'postgresql.auto.conf'),
          [
            `restore_command = 'cp ${archive}/%f %p'`,
            `recovery_target_name = ''`,
            `recovery_target_time = ''`,
            `recovery_target_name = '${name}'`,
            `recovery_target_timeline = 'current'`,
            `recovery_target_action = 'promote'\n`,
          ].join('\n'),
        )
        await writeFile(join(data, 'recovery.signal'), '')
        await chown(join(data, 'recovery.signal'), uid, gid)
      })
      await onServer((client) =>
        until(async () => !(await client.query('select pg_is_in_recovery() as still')).rows[0].still),
      )
    },
  }
}

/** Files change while they are read: what the archive holds brings them in line. */
const copyFolder = (from: string, to: string, but: readonly string[]) => {
  const without = but.map((pattern) => `--exclude=${pattern}`)
  const copy = 'set -o pipefail; from=$0; to=$1; shift; tar -C "$from" -cf - "$@" . | tar -C "$to" -xpf -'
  execFileSync('bash', ['-c', `${copy}; test $? -le 1`, from, to, ...without], { stdio: ['ignore', 'ignore', 'pipe'] })
}
