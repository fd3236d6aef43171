import { join } from 'node:path'
import { answerIn } from '../comparison/answer.js'
import { type Child, startChild } from '../surroundings/child.js'
import { services } from '../surroundings/services.js'
import type { GatewaySurroundings } from './gateway-process.js'
import { gatewayTarget } from './gateway-target.js'
import type { Reading, ServiceSurroundings } from './run-services.js'
import type { Stage, Variant } from './variant.js'

interface Which {
  name: string
  reading: Reading
  checkout?: string | undefined
  profile?: string | undefined
  /** Where one trace in a hundred goes; nothing is traced unless given. */
  collector?: string | undefined
}

const manner: Record<Reading, string> = {
  compiled: 'compiled executor and compiled reads',
  stock: "Apollo's executor and ordinary resolvers",
}

/** Five services and the gateway in one process, asked over HTTP. */
export const startInProcess = async (
  stage: Stage,
  { name, reading, checkout, profile, collector }: Which,
): Promise<Variant> => {
  const surroundings: ServiceSurroundings = { ...stage.surroundings, reading, ...(collector && { collector }) }
  const child = await startChild<{ url: string }>('variants/platform-process', surroundings, {
    checkout,
    profile,
    memorySet: true,
  })
  const what = checkout ? `of ${checkout}` : `${manner[reading]}${collector ? ', one trace in a hundred sent' : ''}`
  return variantOf(stage, name, `gateway and five services in one process, token checks on, ${what}`, child, [child])
}

/** The gateway and each of the five services in a process of its own, HTTP between them. */
export const startOverHttp = async (stage: Stage, { name, reading, profile }: Which): Promise<Variant> => {
  const surroundings: ServiceSurroundings = { ...stage.surroundings, reading }
  const children: Child<{ url: string }>[] = []
  const profileOf = (process: string) => profile && join(profile, `${name}-${process}`)
  try {
    const starts = services.map(({ name: service }) =>
      startChild<{ url: string }>(
        'variants/service-process',
        { ...surroundings, service },
        { profile: profileOf(service), memorySet: true },
      ),
    )
    for (const start of await Promise.allSettled(starts)) if (start.status === 'fulfilled') children.push(start.value)
    await Promise.all(starts)
    const subgraphs = children.map(({ reply }, at) => ({ name: services[at]?.name as string, url: reply.url }))
    const options: GatewaySurroundings = { issuer: surroundings.issuer, reading, subgraphs }
    const gateway = await startChild<{ url: string }>('variants/gateway-process', options, {
      profile: profileOf('gateway'),
      memorySet: true,
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
