import type { ServiceAccount } from '../auth/client-credentials.js'
import { clientCredentials } from '../auth/client-credentials.js'
import { ConfigError, type Environment, rightSettings } from '../config/config.js'
import { type MasterKeySettings, type MasterKeys, masterKeysOf } from '../encryption/master-keys.js'
import { type StreamSettings, streamSettingsOf } from '../events/stream-settings.js'
import type { DatabaseUrls } from '../postgres/schema/provision.js'
import { connectionBudget } from '../postgres/sessions/connection-budget.js'
import { environmentOf, processSettings } from '../service/process-settings.js'
import type { Service } from '../service/service.js'

/** What is known of a service's surroundings from those of its settings that are right: what the others name is not looked at. */
export interface KnownSurroundings {
  service: Service
  database: Partial<DatabaseUrls>
  connections: number
  /** Whether a start brings the schema up to date. */
  migrates: boolean
  natsUrl: string | undefined
  stream: StreamSettings | undefined
  issuer: string | undefined
  audience: string
  account: ServiceAccount | undefined
  masterKeys: MasterKeys | undefined
  /** The service's own. */
  settings: Readonly<Record<string, unknown>>
}

/** Of one service as it would be started with this environment. Opens nothing. */
export const knownSurroundings = (service: Service, env: Environment): KnownSurroundings => {
  const own = environmentOf(service, env)
  const known = rightSettings(processSettings, own)
  const { OIDC_ISSUER_URL: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = known
  const hasStream =
    known.NATS_STREAM_REPLICAS && known.NATS_STREAM_STORAGE && known.NATS_STREAM_MAX_AGE_DAYS !== undefined
  return {
    service,
    database: {
      ...(known.DATABASE_URL && { url: known.DATABASE_URL }),
      ...(known.DATABASE_SYSTEM_URL && { systemUrl: known.DATABASE_SYSTEM_URL }),
      // Who does not migrate does not come as the owner.
      ...(known.DATABASE_OWNER_URL && known.MIGRATE !== false && { ownerUrl: known.DATABASE_OWNER_URL }),
    },
    connections: known.DATABASE_CONNECTIONS ?? connectionBudget.usual,
    migrates: known.MIGRATE !== false,
    natsUrl: known.NATS_URL,
    stream: hasStream && known.NATS_STREAM_MAX_BYTES !== undefined ? streamSettingsOf(known as never) : undefined,
    issuer,
    audience: known.OIDC_AUDIENCE ?? '',
    account: issuer && clientId && clientSecret ? clientCredentials({ issuer, clientId, clientSecret }) : undefined,
    masterKeys: masterKeysIn(known as MasterKeySettings),
    settings: service.config ? rightSettings(service.config, own) : {},
  }
}

const masterKeysIn = (known: MasterKeySettings) => {
  try {
    return masterKeysOf(known)
  } catch (error) {
    if (error instanceof ConfigError) return undefined
    throw error
  }
}
