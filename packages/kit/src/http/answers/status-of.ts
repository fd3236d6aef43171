/** The HTTP status of an answer without data, by the code of its first error. */
export function statusOf(code: unknown): number {
  switch (code) {
    case 'INVALID':
      return 400
    case 'UNAUTHENTICATED':
      return 401
    case 'FORBIDDEN':
      return 403
    case 'NOT_FOUND':
      return 404
    case 'CONFLICT':
      return 409
    case 'RATE_LIMITED':
      return 429
    case 'UNAVAILABLE':
      return 503
    default:
      return 500
  }
}
