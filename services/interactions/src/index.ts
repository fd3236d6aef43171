export { interactions } from './service.js'
