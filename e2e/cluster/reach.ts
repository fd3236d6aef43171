import { image } from './next-image.js'
import { apply, kubectl } from './programs.js'

/** Starts a pod that does nothing, as `restricted` wants it, and waits for it. */
export const startStranger = async (namespace: string) => {
  const container = {
    ...{ name: 'stranger', image, imagePullPolicy: 'Never' },
    command: ['/usr/local/bin/node', '-e', 'setInterval(() => {}, 1e6)'],
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
  }
  const spec = {
    ...{ automountServiceAccountToken: false, terminationGracePeriodSeconds: 0, containers: [container] },
    securityContext: { runAsNonRoot: true, runAsUser: 65_532, seccompProfile: { type: 'RuntimeDefault' } },
  }
  await apply(namespace, { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'stranger' }, spec })
  await kubectl('-n', namespace, 'wait', 'pod/stranger', '--for=condition=Ready', '--timeout=120s')
}

const CONNECT = `const [host, port] = process.argv.slice(1)
  const socket = require('node:net').connect({ host, port })
  const say = (word) => { console.log(word); process.exit() }
  socket.on('connect', () => say('reached')).on('error', (error) => say(error.code))
  setTimeout(() => say('no answer'), 3000)`

/** What comes of a connection from a pod to a host's port: `reached`, or why not. */
export const connectFrom = async (namespace: string, pod: string, host: string, port: number): Promise<string> =>
  (await kubectl('-n', namespace, 'exec', pod, '--', '/usr/local/bin/node', '-e', CONNECT, host, `${port}`)).trim()
