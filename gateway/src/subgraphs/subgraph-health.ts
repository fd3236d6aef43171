import { inTime, type Subgraph } from '@clientele/kit'

/** Tells which subgraphs answer at all. Asks each at most once a second, however often it is called. */
export function createSubgraphHealth(subgraphs: readonly Subgraph[], timeoutMs = 1_000) {
  let asked = 0
  let answer: Promise<Record<string, 'ok' | 'unavailable'>> | undefined

  async function ask(subgraph: Subgraph): Promise<'ok' | 'unavailable'> {
    const answers = await inTime(timeoutMs, async (signal) => (await subgraph.probe?.(signal)) ?? true).catch(
      () => false,
    )
    return answers ? 'ok' : 'unavailable'
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
