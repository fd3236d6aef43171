import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { streamName } from '@clientele/kit'
import { until } from '@clientele/testkit'
import { JetStreamApiError, jetstreamManager } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import { startServeBacking } from '../serve/backing.js'
import { checkLedger, newLedger, startClients } from '../serve/ledger.js'
import { startReplica, untilReady } from '../serve/replica.js'
import { askReplica } from './ask-replica.js'

const dir = await mkdtemp(join(tmpdir(), 'clientele-lost-stream-'))
const backing = await startServeBacking(dir)
const replica = await startReplica(backing.env)
afterAll(async () => {
  await replica.stop()
  await backing.stop()
  await rm(dir, { recursive: true, force: true })
})

const ask = askReplica(() => replica.url, backing)
const ledger = newLedger()

const deleteStream = async () => {
  const nats = await connect({ servers: backing.natsUrl })
  const jsm = await jetstreamManager(nats)
  // After the last loss it may take a busy machine a moment until there is one again.
  const deleted = () => jsm.streams.delete(streamName).catch(falseIfMissing)
  await until(deleted).finally(() => nats.close())
}
const streamMissing = 10059
const falseIfMissing = (error: unknown) => {
  if (error instanceof JetStreamApiError && error.code === streamMissing) return false
  throw error
}
const wipeStore = () => backing.restartNats(() => rm(join(dir, 'nats', 'jetstream'), { recursive: true }))

test.each([
  ['the stream is deleted', deleteStream],
  ['the store of NATS is wiped', wipeStore],
])(
  '%s while clients write: it is made again and filled from the outboxes unasked, with every event once and in order',
  async (_, lose) => {
    await untilReady(replica)
    const clients = startClients(ask, ledger)
    try {
      for (let round = 0; round < 3; round++) {
        await new Promise((resume) => setTimeout(resume, 1_500))
        await lose()
      }
      await new Promise((resume) => setTimeout(resume, 1_500))
    } finally {
      await clients.stop()
    }
    await checkLedger(backing, ledger)
  },
)
