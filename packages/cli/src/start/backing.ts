import {
  defaultCacheDir,
  type Progress,
  type Running,
  serviceClient,
  startIssuer,
  startNats,
  startPostgres,
} from '@clientele/embedded'
import { clientCredentials, type Log, type ServiceAccount } from '@clientele/kit'
import { UsageError } from '../command.js'
import type { CliConfig } from '../config.js'
import type { openHome } from '../home.js'
import { keepUp } from './keep-up.js'
import type { Waits } from './waits.js'

type Home = Awaited<ReturnType<typeof openHome>>

/** PostgreSQL, NATS and identity, each embedded or the one that the environment names. */
export interface Backing {
  adminUrl: string
  natsUrl: string
  issuer: string
  /** Null where the issuer is not ours. */
  issuerDir: string | null
  embedded: readonly string[]
  /** A service's own account; what is wrong with it is told in the log. */
  account(service: string, log: Log): ServiceAccount
  demoToken?: (as: string) => Promise<string>
  stop(): Promise<void>
}

const outside = { DATABASE_URL: 'PostgreSQL', NATS_URL: 'nats-server', OIDC_ISSUER_URL: 'the issuer' } as const

/** Starts what the environment does not name. What was started is stopped again when one part fails. */
export const startBacking = async (
  config: CliConfig,
  home: Home,
  progress: Progress,
  waits: Waits,
): Promise<Backing> => {
  const embedded = (['DATABASE_URL', 'NATS_URL', 'OIDC_ISSUER_URL'] as const).filter((name) => !config[name])
  if (config.NODE_ENV === 'production' && embedded.length) {
    throw new UsageError(`NODE_ENV=production refuses the embedded parts. Set ${embedded.join(', ')}.`)
  }
  for (const [name, what] of Object.entries(outside)) {
    const url = config[name as keyof typeof outside]
    if (url) progress(`${what} is ${new URL(url).host} (${name})`)
  }
  const started: Running[] = []
  const stop = async () => {
    for (const part of started.toReversed()) await part.stop()
  }
  const own = async <T extends Running>(part: Promise<T>) => {
    const running = await part
    started.push(running)
    return running
  }
  const outcomes = await Promise.allSettled([
    config.DATABASE_URL ?? waits.during('PostgreSQL', own(postgres(config, home, progress))).then(({ url }) => url),
    config.NATS_URL ?? waits.during('nats-server', own(nats(config, home, progress))).then(({ url }) => url),
    waits.during('the issuer', identity(config, home, own)),
  ])
  const failed = outcomes.find((outcome) => outcome.status === 'rejected')
  if (failed) {
    if (started.length) progress(`stopping what was started: ${(failed.reason as Error).message}`)
    await waits.during('the end of what was started', stop())
    throw failed.reason
  }
  const [adminUrl, natsUrl, who] = outcomes.map((outcome) => (outcome as PromiseFulfilledResult<unknown>).value) as [
    string,
    string,
    Awaited<ReturnType<typeof identity>>,
  ]
  return { adminUrl, natsUrl, ...who, embedded, stop }
}

const postgres = (config: CliConfig, home: Home, progress: Progress) =>
  keepUp('PostgreSQL', progress, (onExit) =>
    startPostgres({
      dir: home.postgres,
      port: config.CLIENTELE_POSTGRES_PORT,
      portSetting: 'CLIENTELE_POSTGRES_PORT',
      progress,
      onExit,
    }),
  )

const nats = (config: CliConfig, home: Home, progress: Progress) =>
  keepUp('nats-server', progress, (onExit) =>
    startNats({
      dir: home.nats,
      port: config.CLIENTELE_NATS_PORT,
      portSetting: 'CLIENTELE_NATS_PORT',
      cacheDir: defaultCacheDir(),
      progress,
      onExit,
    }),
  )

const identity = async (config: CliConfig, home: Home, own: <T extends Running>(part: Promise<T>) => Promise<T>) => {
  if (config.OIDC_ISSUER_URL) {
    const { OIDC_ISSUER_URL: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = config
    if (!clientId || !clientSecret) {
      throw new UsageError(
        'With OIDC_ISSUER_URL set OIDC_CLIENT_ID and OIDC_CLIENT_SECRET to the services’ own account.',
      )
    }
    return {
      issuer,
      issuerDir: null,
      account: (_: string, log: Log) => clientCredentials({ issuer, clientId, clientSecret, log }),
    }
  }
  const running = await own(
    startIssuer({
      dir: home.issuer,
      port: config.CLIENTELE_ISSUER_PORT,
      portSetting: 'CLIENTELE_ISSUER_PORT',
      audience: config.OIDC_AUDIENCE,
    }),
  )
  return {
    issuer: running.issuer,
    issuerDir: home.issuer,
    account: (service: string, log: Log) =>
      clientCredentials({
        log,
        issuer: running.issuer,
        clientId: serviceClient(service),
        clientSecret: running.clientSecret(serviceClient(service)),
      }),
    demoToken: (as: string) => running.token({ as }),
  }
}
