export const deliveries = {
  /** Bytes that are kept of what an endpoint answers. */
  responseSnippetBytes: 1024,
} as const
