import { z } from 'zod'
import { port } from '../config/config.js'

/** Of a process whose own port is for the world. */
export const metricsPortSettings = z.object({ METRICS_PORT: port().optional() })
