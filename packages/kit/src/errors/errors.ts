import type { Because } from '../messages/reasons.js'

/** The closed list of `extensions.code` values that any answer of Clientele may carry. */
export type ErrorCode =
  | 'INVALID'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'CONFLICT'
  | 'RATE_LIMITED'
  | 'UNAVAILABLE'
  | 'INTERNAL'

/** What a message says beside its words: of this it is made in every language. */
export type Params = Readonly<Record<string, unknown>>

/** What is wrong with one field of the input: where, a stable reason, and what would be right. */
export type ValidationIssue = { path: string; message: string } & Because

/** Base of every expected error: safe to show to the caller, with a stable code and an optional domain reason such as `complaint.not_investigated`. */
export class ClienteleError extends Error {
  readonly reason: string | undefined
  readonly params: Params | undefined
  readonly fields: readonly ValidationIssue[] | undefined

  constructor(
    readonly code: ErrorCode,
    message: string,
    details: Details = {},
  ) {
    super(message, { cause: details.cause })
    this.name = new.target.name
    this.reason = details.reason
    this.params = details.params
    this.fields = details.fields
  }

  /** The part that goes into a GraphQL error's `extensions`, with the parameters of its message until it is told. */
  get extensions() {
    return {
      code: this.code,
      ...(this.reason && { reason: this.reason }),
      ...(this.params && { params: this.params }),
      ...(this.fields && { fields: this.fields }),
    }
  }
}

/** What an error says beside its message. */
export type Details = { fields?: readonly ValidationIssue[]; cause?: unknown } & (
  | Because
  | { reason?: undefined; params?: undefined }
)

const withCode = (code: ErrorCode) =>
  class extends ClienteleError {
    constructor(message: string, details?: Details) {
      super(code, message, details)
    }
  }

export class Invalid extends withCode('INVALID') {}
export class Unauthenticated extends withCode('UNAUTHENTICATED') {}
export class Forbidden extends withCode('FORBIDDEN') {
  /** Also the roles that may, which clients are shown beside the message that names them. */
  override get extensions() {
    const roles = this.params?.roles
    return { ...super.extensions, ...(roles !== undefined && { roles }) }
  }
}
/** What is not there has a reason always: `visit.unknown`. */
export class NotFound extends ClienteleError {
  constructor(message: string, details: Details & Because) {
    super('NOT_FOUND', message, details)
  }
}
export class Conflict extends withCode('CONFLICT') {}
export class RateLimited extends withCode('RATE_LIMITED') {}
export class Unavailable extends withCode('UNAVAILABLE') {}
