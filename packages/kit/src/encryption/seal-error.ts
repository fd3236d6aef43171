/** A stored value is not what was sealed for its place: changed, moved from elsewhere, or sealed under another key. Never expected. */
export class SealError extends Error {
  constructor() {
    super('A sealed value does not belong to its place, was changed, or was sealed under another key.')
  }
}
