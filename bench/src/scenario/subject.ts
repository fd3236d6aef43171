import type { Person } from './sender.js'

/** What is put under load. */
export interface Subject {
  /** Of the gateway, without a path. */
  url: string
  people: readonly Person[]
  /** Where each of its processes serves metrics; none where nobody said so. */
  metrics: readonly string[]
  /** A database of its server, as somebody who sees all sessions. */
  database: string | undefined
  /** Of the server that is on this machine, to count its CPU. */
  postgresPid: number | undefined
  /** What imports run as: an access token of somebody who may. */
  importer(): Promise<string>
  stop(): Promise<void>
}
