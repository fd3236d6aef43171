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

/** What is wrong with one field of the input: where, a stable reason, and what would be right. */
export interface ValidationIssue {
  path: string
  reason: string
  message: string
}

/** Base of every expected error: safe to show to the caller, with a stable code and an optional domain reason such as `complaint.not_investigated`. */
export class ClienteleError extends Error {
  readonly reason: string | undefined
  readonly fields: readonly ValidationIssue[] | undefined

  constructor(
    readonly code: ErrorCode,
    message: string,
    details: { reason?: string; fields?: readonly ValidationIssue[]; cause?: unknown } = {},
  ) {
    super(message, { cause: details.cause })
    this.name = new.target.name
    this.reason = details.reason
    this.fields = details.fields
  }

  /** The part that goes into a GraphQL error's `extensions`. */
  get extensions() {
    return {
      code: this.code,
      ...(this.reason && { reason: this.reason }),
      ...(this.fields && { fields: this.fields }),
    }
  }
}

type Details = { reason?: string; fields?: readonly ValidationIssue[]; cause?: unknown }

export class Invalid extends ClienteleError {
  constructor(message: string, details?: Details) {
    super('INVALID', message, details)
  }
}
export class Unauthenticated extends ClienteleError {
  constructor(message: string, details?: Details) {
    super('UNAUTHENTICATED', message, details)
  }
}
export class Forbidden extends ClienteleError {
  constructor(message: string, details?: Details) {
    super('FORBIDDEN', message, details)
  }
}
export class NotFound extends ClienteleError {
  constructor(message: string, details?: Details) {
    super('NOT_FOUND', message, details)
  }
}
export class Conflict extends ClienteleError {
  constructor(message: string, details?: Details) {
    super('CONFLICT', message, details)
  }
}
export class RateLimited extends ClienteleError {
  constructor(message: string, details?: Details) {
    super('RATE_LIMITED', message, details)
  }
}
export class Unavailable extends ClienteleError {
  constructor(message: string, details?: Details) {
    super('UNAVAILABLE', message, details)
  }
}
