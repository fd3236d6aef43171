// What a client of the platform needs of the kit, such as the command line: none of the libraries of a server, which take 90 MB.
export * from './config/config.js'
export * from './config/misspelt.js'
export { suggestion } from './config/nearest.js'
export { masterKeySettings } from './encryption/master-keys.js'
export * from './errors/errors.js'
export {
  CurrencyCodeScalar,
  DateScalar,
  DateTimeScalar,
  DecimalScalar,
  PreciseDecimalScalar,
} from './graphql/scalars.js'
export { metricsPortSettings } from './metrics/metrics-port.js'
export { nameLocaleSetting } from './postgres/schema/name-order.js'
export { tracingSettings } from './tracing/tracing-settings.js'
