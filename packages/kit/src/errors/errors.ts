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
    details: Details = {},
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

const withCode = (code: ErrorCode) =>
  class extends ClienteleError {
    constructor(message: string, details?: Details) {
      super(code, message, details)
    }
  }

export class Invalid extends withCode('INVALID') {}
export class Unauthenticated extends withCode('UNAUTHENTICATED') {}
export class Forbidden extends withCode('FORBIDDEN') {}
export class NotFound extends withCode('NOT_FOUND') {}
export class Conflict extends withCode('CONFLICT') {}
export class RateLimited extends withCode('RATE_LIMITED') {}
export class Unavailable extends withCode('UNAVAILABLE') {}
