import type { zh } from './kit.zh.js'

type KitMessages = typeof zh

/** The messages of all reasons that are told. Each package adds those of its catalogue: what has none does not compile. */
export interface Reasons extends KitMessages {}

/** Told to whoever runs a process, in its log and on its terminal, and in English alone. */
export interface OperatorReasons
  extends Record<
    | 'auth.algorithms'
    | 'auth.clock_skew'
    | 'config.invalid'
    | 'config.missing'
    | 'database.connections'
    | 'database.pooler'
    | 'keys.none'
    | 'keys.rotating'
    | 'nats.stream_refused'
    | 'port.taken'
    | 'port.unusable'
    | 'provision.busy'
    | 'provision.role'
    | 'schema',
    true
  > {}

/** The reasons that a key of a catalogue is for: those of `unique.*` begin so, those of `*.unknown` end so. */
type ReasonsOf<Key> = Key extends `${infer Begin}.*`
  ? `${Begin}.${string}`
  : Key extends `*.${infer End}`
    ? `${string}.${End}`
    : Key

type KeysOf<Message> = { [Key in keyof Reasons]: Reasons[Key] extends Message ? Key : never }[keyof Reasons]

type MadeOf<Message> = Message extends (params: infer P) => string ? P : never

type Made = {
  [Key in KeysOf<(params: never) => string>]: { reason: ReasonsOf<Key>; params: MadeOf<Reasons[Key]> }
}[KeysOf<(params: never) => string>]

/** A reason whose messages have no parameters. */
export type PlainReason = ReasonsOf<KeysOf<string>> | keyof OperatorReasons

/** A reason with the parameters of its messages. */
export type Because = { reason: PlainReason; params?: undefined } | Made

/** Arguments that say why and, in English, what would be right. */
export type Said =
  | [reason: PlainReason, message: string]
  | (Made extends infer M
      ? M extends { reason: infer R; params: infer P }
        ? [reason: R, message: string, params: P]
        : never
      : never)
