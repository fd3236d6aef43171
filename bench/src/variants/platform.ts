import { join } from 'node:path'
import { answerIn } from '../comparison/answer.js'
import { type Child, startChild } from '../world/child.js'
import { services } from '../world/services.js'
import type { GatewayWorld } from './gateway-process.js'
import { gatewayTarget } from './gateway-target.js'
import type { Reading, ServiceWorld } from './run-services.js'
import type { Stage, Variant } from './variant.js'

interface Which {
  name: string
  reading: Reading
  checkout?: string | undefined
  profile?: string | undefined
}

const manner: Record<Reading, string> = {
  compiled: 'compiled executor and read models',
  stock: "Apollo's executor and ordinary resolvers",
}

/** Five services and the gateway in one process, asked over HTTP. */
export const startInProcess = async (stage: Stage, { name, reading, checkout, profile }: Which): Promise<Variant> => {
  const world: ServiceWorld = { ...stage.world, reading }
  const child = await startChild<{ url: string }>('variants/platform-process', world, { checkout, profile })
  const what = checkout ? `of ${checkout}` : manner[reading]
  return variantOf(stage, name, `gateway and five services in one process, token checks on, ${what}`, child, [child])
}

/** The gateway and each of the five services in a process of its own, HTTP between them. */
export const startOverHttp = async (stage: Stage, { name, reading, profile }: Which): Promise<Variant> => {
  const world: ServiceWorld = { ...stage.world, reading }
  const children: Child<{ url: string }>[] = []
  const profileOf = (process: string) => profile && join(profile, `${name}-${process}`)
  try {
    const starts = services.map(({ name: service }) =>
      startChild<{ url: string }>('variants/service-process', { ...world, service }, { profile: profileOf(service) }),
    )
    for (const start of await Promise.allSettled(starts)) if (start.status === 'fulfilled') children.push(start.value)
    await Promise.all(starts)
    const subgraphs = children.map(({ reply }, at) => ({ name: services[at]?.name as string, url: reply.url }))
    const options: GatewayWorld = { issuer: world.issuer, reading, subgraphs }
    const gateway = await startChild<{ url: string }>('variants/gateway-process', options, {
      profile: profileOf('gateway'),
    })
    children.push(gateway)
    const label = `gateway and five services in six processes, HTTP between them, token checks on, ${manner[reading]}`
    return await variantOf(stage, name, label, gateway, children)
  } catch (error) {
    await stopAll(children)
    throw error
  }
}

const variantOf = async (
  stage: Stage,
  name: string,
  label: string,
  gateway: Child<{ url: string }>,
  children: readonly Child<unknown>[],
): Promise<Variant> => ({
  name,
  label,
  target: await gatewayTarget(name, gateway.reply.url, stage),
  children,
  read: (body) => answerIn(name, body, stage.comparison.root),
  stop: () => stopAll(children),
})

/** The gateway first, as it asks the services. */
const stopAll = async (children: readonly Child<unknown>[]) => {
  for (const child of children.toReversed()) await child.stop()
}
