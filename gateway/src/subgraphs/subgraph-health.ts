import type { Subgraph } from '@clientele/kit'

/** Tells which subgraphs answer at all. Asks each at most once a second, however often it is called. */
export function createSubgraphHealth(subgraphs: readonly Subgraph[], timeoutMs = 1_000) {
  let asked = 0
  let answer: Promise<Record<string, 'ok' | 'unavailable'>> | undefined

  async function ask(subgraph: Subgraph): Promise<'ok' | 'unavailable'> {
    const abort = new AbortController()
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<'unavailable'>((resolve) => {
      timer = setTimeout(() => {
        abort.abort()
        resolve('unavailable')
      }, timeoutMs)
    })
    const reply = Promise.resolve(subgraph.probe?.(abort.signal) ?? true)
      .then((answers) => (answers ? ('ok' as const) : ('unavailable' as const)))
      .catch(() => 'unavailable' as const)
    return Promise.race([reply, late]).finally(() => clearTimeout(timer)) as Promise<'ok' | 'unavailable'>
  }

  return (): Promise<Record<string, 'ok' | 'unavailable'>> => {
    if (!answer || Date.now() - asked > 1_000) {
      asked = Date.now()
      answer = Promise.all(subgraphs.map(async (subgraph) => [subgraph.name, await ask(subgraph)] as const)).then(
        (entries) => Object.fromEntries(entries),
      )
    }
    return answer
  }
}
