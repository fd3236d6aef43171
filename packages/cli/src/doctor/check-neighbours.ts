import { type Check, type Environment, peerSettings, peerUrls, rightSettings, saidBy } from '@clientele/kit'

/** The other parts that a part reaches by HTTP: whether they are ready. */
export const neighbourChecks = (env: Environment): Check[] =>
  peerUrls(rightSettings(peerSettings(env), env)).map(([name, url]) => ({
    name: `peer.${name}`,
    run: async (report) => {
      try {
        const response = await fetch(new URL('/readyz', url), { signal: AbortSignal.timeout(4_000) })
        const { checks = {} } = (await response.json()) as { checks?: Record<string, string> }
        const not = Object.entries(checks).filter(([, said]) => said !== 'ok')
        if (response.ok) report.ok('', `ready at ${new URL(url).host}`)
        else report.warning('', `not ready: ${not.map(([check]) => check).join(', ')}`, `Run clientele doctor ${name}.`)
      } catch (error) {
        const remedy = `Does ${name} run, and is SUBGRAPH_${name.toUpperCase()}_URL right?`
        report.warning('', `nothing answers at ${new URL(url).host}: ${saidBy(error)}`, remedy)
      }
    },
  }))

/** What the world calls the process: whether anything answers there. */
export const publicUrlChecks = (url: string | undefined): Check[] =>
  url === undefined
    ? []
    : [
        {
          name: 'public',
          run: async (report) => {
            try {
              const response = await fetch(new URL('/livez', url), { signal: AbortSignal.timeout(4_000) })
              await response.body?.cancel()
              report.ok('', `${new URL(url).host} answers ${response.status}`)
            } catch (error) {
              const remedy =
                'Before the first start nothing does. After it: name, ingress or load balancer of PUBLIC_URL?'
              report.warning('', `nothing answers at ${new URL(url).host}: ${saidBy(error)}`, remedy)
            }
          },
        },
      ]
