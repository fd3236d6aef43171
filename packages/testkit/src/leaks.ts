const watched = ['TCPSocketWrap', 'TCPServerWrap', 'ProcessWrap', 'Timeout', 'PipeWrap']

const count = () => {
  const counts = new Map(watched.map((kind) => [kind, 0]))
  for (const kind of process.getActiveResourcesInfo()) {
    const before = counts.get(kind)
    if (before !== undefined) counts.set(kind, before + 1)
  }
  return counts
}

/** Remembers the open handles; the returned check throws when more are open than then, after a moment to close. */
export const watchHandles = () => {
  // They are opened when somebody first looks at them, a library that is loaded late included, and stay.
  void [process.stdin, process.stdout, process.stderr]
  const before = count()
  return async () => {
    let more: string[] = []
    for (let attempt = 0; attempt < 1_000; attempt++) {
      const now = count()
      more = watched
        .filter((kind) => kind !== 'Timeout' && (now.get(kind) ?? 0) > (before.get(kind) ?? 0))
        .map((kind) => `${(now.get(kind) ?? 0) - (before.get(kind) ?? 0)} × ${kind}`)
      if (!more.length) return
      await new Promise((resume) => setTimeout(resume, 20))
    }
    throw new Error(`the test leaks open handles: ${more.join(', ')}`)
  }
}
