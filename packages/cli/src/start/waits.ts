import type { Progress } from '@clientele/embedded'

/** What a start waits for, told at intervals for as long as it waits. */
export interface Waits {
  /** Brings what the work brings; until then `what` is waited for. */
  during<T>(what: string, work: Promise<T>): Promise<T>
  /** Says what one of them waits for in turn; undefined takes it back. */
  note(what: string, more: string | undefined): void
}

export const createWaits = (tell: Progress, everyMs = 10_000): Waits => {
  const began = Date.now()
  const going = new Map<string, string | undefined>()
  let telling: NodeJS.Timeout | undefined
  const tellAll = () => {
    const names = [...going].map(([what, more]) => (more ? `${what} (${more})` : what))
    tell(`waiting for ${names.join(', ')}, ${Math.round((Date.now() - began) / 1000)} s since the start`)
  }
  return {
    during: async (what, work) => {
      going.set(what, undefined)
      telling ??= setInterval(tellAll, everyMs)
      try {
        return await work
      } finally {
        going.delete(what)
        if (!going.size) {
          clearInterval(telling)
          telling = undefined
        }
      }
    },
    note: (what, more) => {
      if (going.has(what)) going.set(what, more)
    },
  }
}
