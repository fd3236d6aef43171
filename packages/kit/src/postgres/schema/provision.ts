import pg from 'pg'
import { Invalid, Unavailable } from '../../errors/errors.js'

const lockNotHad = '55P03'
/** The longest statement copies an empty database. */
const statementLimitMs = 300_000

/** Where one service finds its database: as itself (under row-level security), as owner (migrations), as system (relay and jobs). */
export interface DatabaseUrls {
  url: string
  ownerUrl: string
  systemUrl: string
}

/** The same for a service that does not migrate. */
export type ServiceUrls = Omit<DatabaseUrls, 'ownerUrl'> & { ownerUrl?: string | undefined }

const roleNames = (service: string) => ({
  app: `${service}_app`,
  owner: `${service}_owner`,
  system: `${service}_system`,
})

/** The URLs of one service's database on the server of `adminUrl`; `password` is what `provisionRoles` was given. */
export const databaseUrls = (adminUrl: string, service: string, password: string, database = service): DatabaseUrls => {
  const as = (user: string) => {
    const url = new URL(adminUrl)
    url.username = user
    url.password = encodeURIComponent(password)
    url.pathname = `/${database}`
    return url.href
  }
  const { app, owner, system } = roleNames(service)
  return { url: as(app), ownerUrl: as(owner), systemUrl: as(system) }
}

/**
 * Creates the roles of the given services, or sets their password; group roles carry the rights, login roles belong to one service. One process does so
 * at a time: throws UNAVAILABLE `provision.busy` where another is at it for longer than `lockLimitMs`.
 */
export const provisionRoles = (adminUrl: string, services: readonly string[], password: string, lockLimitMs = 60_000) =>
  withClient(adminUrl, async (client) => {
    await client.query(`set lock_timeout = ${lockLimitMs}`)
    await client.query(`select pg_advisory_lock(hashtext('clientele-provision'))`).catch((cause: unknown) => {
      if ((cause as { code?: string }).code !== lockNotHad) throw cause
      throw new Unavailable(
        `Another process prepares the roles of this server, and has not ended within ${lockLimitMs / 1000} s. Stop that one, or start again once it is done.`,
        { reason: 'provision.busy', cause },
      )
    })
    const { rows } = await client.query(`select current_setting('server_version_num')::int >= 160000 as modern`)
    // Before 16 a membership is always full, and inherited as the administrator's own INHERIT says.
    const fully = rows[0].modern ? ' with inherit true, set true' : ''
    for (const group of ['clientele_app', 'clientele_system']) await ensureRole(client, group, 'nologin')
    for (const service of services) {
      const { app, owner, system } = roleNames(service)
      const login = `login inherit password ${client.escapeLiteral(password)}`
      for (const role of [app, owner, system]) await ensureRole(client, role, login)
      await client.query(`grant clientele_app to ${app}`)
      await client.query(`grant clientele_system to ${system}`)
      // An administrator who is not a superuser may only create a database for a role that they belong to, and act in
      // it as its owner.
      await client.query(`grant ${owner} to current_user${fully}`)
    }
  })

/** Creates the service's database, owned by its owner role and closed to every other service. */
export const provisionDatabase = (adminUrl: string, service: string, database = service) =>
  withClient(adminUrl, async (client) => {
    const { app, owner, system } = roleNames(service)
    const name = client.escapeIdentifier(database)
    const { rowCount } = await client.query('select from pg_database where datname = $1', [database])
    if (!rowCount) await client.query(`create database ${name} owner ${owner} template template0 encoding 'UTF8'`)
    await client.query(`revoke connect, temporary on database ${name} from public`)
    await client.query(`grant connect on database ${name} to ${app}, ${system}`)
    await withClient(onDatabase(adminUrl, database), async (inside) => {
      await inside.query('revoke create on schema public from public')
      await inside.query(`grant create, usage on schema public to ${owner}`)
      await inside.query('create extension if not exists pg_trgm')
    })
  })

const onDatabase = (adminUrl: string, database: string) => {
  const url = new URL(adminUrl)
  url.pathname = `/${database}`
  return url.href
}

// New roles have none of these powers. Only a superuser may name them in a statement, even to take them away.
const ensureRole = async (client: pg.Client, role: string, attributes: string) => {
  const { rows } = await client.query(
    `select rolsuper or rolbypassrls or rolcreatedb or rolcreaterole or rolreplication as mighty from pg_roles where rolname = $1`,
    [role],
  )
  if (rows[0]?.mighty) {
    throw new Invalid(`The database role ${role} exists and has powers that row-level security does not survive.`, {
      reason: 'provision.role',
    })
  }
  await client.query(`${rows.length ? 'alter' : 'create'} role ${role} ${attributes}`)
}

const withClient = async <T>(connectionString: string, work: (client: pg.Client) => Promise<T>) => {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5_000, query_timeout: statementLimitMs })
  client.on('error', () => {})
  try {
    await client.connect()
    return await work(client)
  } finally {
    await client.end()
  }
}
