import type { Verifier } from '../auth/verify-token.js'
import type { Log } from '../config/log.js'
import type { MasterKeys } from '../encryption/master-keys.js'
import type { StreamSettings } from '../events/stream-settings.js'
import type { Metrics } from '../metrics/metrics.js'
import type { AskOptions } from '../peers/ask.js'
import type { ServiceUrls } from '../postgres/schema/provision.js'

/** What a service needs of the world around it. */
export interface Surroundings {
  /** As the owner only where it is to be migrated. */
  database: ServiceUrls
  /** The language in whose order names are, a BCP 47 tag; by default alphabets first, then Chinese by pinyin. */
  nameLocale?: string
  natsUrl: string
  /** How the stream of events is to be kept, which is checked at the start; without it a stream that is there stays as it is. */
  stream?: StreamSettings
  verifier: Verifier
  /** Wraps the keys of tenants, under which sensitive values are stored. */
  masterKeys: MasterKeys
  /** For how long it trusts what it knows of a tenant's keys, in milliseconds; 30 000 unless given. */
  keysFreshMs?: number
  /** How it reaches the other services. */
  peers: AskOptions
  settings?: Readonly<Record<string, unknown>>
  /** Where the links of its public routes lead, without a path. */
  publicUrl?: (() => string) | undefined
  log: Log
  /** Where it counts and measures; nobody else sees it unless given. */
  metrics?: Metrics
  now?: () => Date
  /** Pauses of a consumer between the tries of an event, in milliseconds. */
  backoff?: readonly number[]
  /** Whether relay, consumers and jobs run by themselves; tests and tools step them by hand. */
  background?: boolean
  /** Whether to bring the schema up to date first; otherwise the start waits for whoever does. */
  migrate?: boolean
  /** How many connections this replica of the service opens at most, all together; 20 unless given. */
  connections?: number
  /** Refuses a server that cannot carry the services of this process; unless given, this service alone is counted. */
  checkServer?: () => Promise<void>
  /** Whether the service's query compiler answers what it can; otherwise its resolvers answer everything. On unless given. */
  queryCompiler?: boolean
  /** After how many milliseconds the database gives up a statement of a request, consumer or job; 30 000 unless given, 0 for never. */
  statementTimeout?: number
  /** After how many milliseconds without a renewal another process may do what only one does; 15 000 unless given. */
  leaseMs?: number
  /** How long the start waits for a database or NATS that is not there yet, in milliseconds; 30 000 unless given. */
  patience?: number
  /** Told what the start waits for, such as `NATS at 127.0.0.1:4222`, and undefined when that is there. */
  onWait?: ((what: string | undefined) => void) | undefined
  /** Called with the text of every SQL statement that the ORM sends. */
  onStatement?: (sql: string) => void
}
