import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { until } from '@clientele/testkit/until'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The machine as pods reach it: host.internal. `infra/cluster/with.sh` says it, and where kubectl and helm are. */
export const machineAddress = process.env.CLIENTELE_CLUSTER_MACHINE ?? '10.199.7.1'

/** Runs a program to its end and answers with what it wrote; what goes in is its standard input. Where it fails, the error has all of it. */
export const run = async (program: string, args: readonly string[], input = ''): Promise<string> => {
  const running = promisify(execFile)(program, [...args], { cwd: root, maxBuffer: 2 ** 26 })
  running.child.stdin?.end(input)
  const { stdout } = await running.catch((error: Error & { stdout: string; stderr: string }) => {
    throw new Error(`${program} ${args.join(' ')}\n${error.stdout}\n${error.stderr}`)
  })
  return stdout
}

export const kubectl = (...args: string[]) => run('kubectl', args)
export const helm = (...args: string[]) => run('helm', args)

/** Objects as JSON. */
export const apply = (namespace: string, ...items: object[]) =>
  run(
    'kubectl',
    ['apply', '--server-side', '-n', namespace, '-f', '-'],
    JSON.stringify({ apiVersion: 'v1', kind: 'List', items }),
  )

/** A namespace that takes restricted pods alone; ready to run them when this resolves. */
export const makeNamespace = async (name: string) => {
  const labels = { 'pod-security.kubernetes.io/enforce': 'restricted' }
  await apply('default', { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } })
  await until(() => kubectl('-n', name, 'get', 'serviceaccount', 'default').catch(() => false))
}

/** Names of the pods of a process that are ready, or of all processes. */
export const readyPods = async (namespace: string, selector: string): Promise<string[]> => {
  const { items } = JSON.parse(await kubectl('-n', namespace, 'get', 'pods', '-l', selector, '-o', 'json')) as PodList
  return items
    .filter(({ metadata, status }) => !metadata.deletionTimestamp && status.conditions?.some(isReady))
    .map(({ metadata }) => metadata.name)
}

/** Ends the process of a pod, which gets no signal that it could hear; resolves when kubelet has started another in its place that is ready. */
export const killProcess = async (namespace: string, pod: string) => {
  const status = async (): Promise<PodStatus> =>
    JSON.parse(await kubectl('-n', namespace, 'get', 'pod', pod, '-o', 'json')).status
  const [before] = (await status()).containerStatuses ?? []
  const id = before!.containerID.replace('containerd://', '')
  await run('infra/cluster/on-node.sh', ['ctr', '--namespace', 'k8s.io', 'task', 'kill', '--signal', 'SIGKILL', id])
  await until(async () => {
    const { conditions, containerStatuses = [] } = await status()
    return containerStatuses[0]?.restartCount === before!.restartCount + 1 && conditions?.some(isReady)
  })
}

const isReady = ({ type, status }: Condition) => type === 'Ready' && status === 'True'

interface Condition {
  type: string
  status: string
}
interface PodStatus {
  conditions?: Condition[]
  containerStatuses?: { containerID: string; restartCount: number }[]
}
interface PodList {
  items: { metadata: { name: string; deletionTimestamp?: string }; status: PodStatus }[]
}
