import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { services } from '@clientele/cli/services'
import { defaultCacheDir, freePort, serviceClient, startIssuer, startNats, startPostgres } from '@clientele/embedded'
import { databaseUrls, makeMasterKeyFile, provisionDatabase, provisionRoles } from '@clientele/kit'

const names = services.map(({ name }) => name)

/** PostgreSQL with databases and roles, NATS and a master key, on this machine alone. */
export const startServers = async (dir: string) => {
  const postgresOptions = { dir: join(dir, 'postgres'), port: await freePort() }
  const natsOptions = { dir: join(dir, 'nats'), port: await freePort(), cacheDir: defaultCacheDir() }
  let [postgres, nats] = await Promise.all([startPostgres(postgresOptions), startNats(natsOptions)])
  const password = randomBytes(16).toString('hex')
  await provisionRoles(postgres.url, names, password)
  for (const name of names) await provisionDatabase(postgres.url, name)
  const masterKey = join(dir, 'master-key')
  await makeMasterKeyFile(masterKey)
  const databases = Object.fromEntries(names.map((name) => [name, databaseUrls(postgres.url, name, password)]))
  const settingsOf = (name: string) => {
    const prefix = name.toUpperCase()
    const { url, ownerUrl, systemUrl } = databases[name]!
    return {
      [`${prefix}_DATABASE_URL`]: url,
      [`${prefix}_DATABASE_OWNER_URL`]: ownerUrl,
      [`${prefix}_DATABASE_SYSTEM_URL`]: systemUrl,
    }
  }
  return {
    databases,
    /** The administrator of all of them. */
    adminUrl: postgres.url,
    /** Where PostgreSQL's data are. */
    postgresData: join(postgresOptions.dir, 'data'),
    natsUrl: nats.url,
    masterKey,
    /** What processes are told of them. */
    env: {
      NATS_URL: nats.url,
      CLIENTELE_MASTER_KEY_FILE: masterKey,
      LOG_LEVEL: 'warn',
      ...(Object.assign({}, ...names.map(settingsOf)) as Record<string, string>),
    },
    /** Starts at the same address, once this is done. */
    restartPostgres: async (whileAway = async () => {}) => {
      await postgres.stop()
      await whileAway().finally(async () => {
        postgres = await startPostgres(postgresOptions)
      })
    },
    /** Starts at the same address, once this is done. */
    restartNats: async (whileAway = async () => {}) => {
      await nats.stop()
      await whileAway().finally(async () => {
        nats = await startNats(natsOptions)
      })
    },
    stop: async () => {
      await nats.stop()
      await postgres.stop()
    },
  }
}

/**
 * Real backing services as an operator would prepare them, and the environment that `clientele serve` needs for them. They listen on this machine
 * alone; `issuerUrl` is what the issuer is called elsewhere.
 */
export const startServeBacking = async (dir: string, { issuerUrl }: { issuerUrl?: string } = {}) => {
  const issuerOptions = { dir: join(dir, 'issuer'), port: await freePort(), ...(issuerUrl && { url: issuerUrl }) }
  const [servers, firstIssuer] = await Promise.all([startServers(dir), startIssuer(issuerOptions)])
  let issuer = firstIssuer
  const accountOf = (name: string) => ({
    [`${name.toUpperCase()}_OIDC_CLIENT_ID`]: serviceClient(name),
    [`${name.toUpperCase()}_OIDC_CLIENT_SECRET`]: issuer.clientSecret(serviceClient(name)),
  })
  return {
    ...servers,
    token: (as: string) => issuer.token({ as }),
    issuerPort: issuerOptions.port,
    clientSecret: (clientId: string) => issuer.clientSecret(clientId),
    env: {
      ...servers.env,
      OIDC_ISSUER_URL: issuer.issuer,
      ...(Object.assign({}, ...names.map(accountOf)) as Record<string, string>),
    },
    /** Reads its clients again. */
    restartIssuer: async (whileAway = async () => {}) => {
      await issuer.stop()
      await whileAway().finally(async () => {
        issuer = await startIssuer(issuerOptions)
      })
    },
    stop: async () => {
      await issuer.stop()
      await servers.stop()
    },
  }
}
