import { Agent } from 'node:https'
import type { Certificate } from './certificate.ts'
import { selfSigned } from './certificate.ts'

/** As whom the API server speaks to the servers of other APIs. */
export interface FrontProxy {
  /** Its own authority: whoever trusts it knows the API server. */
  certificate: Certificate
  agent: Agent
}

/** A new identity; connections are made when they are needed. */
export function frontProxy(): FrontProxy {
  return {
    certificate: selfSigned(['front-proxy-client'], Date.now()),
    agent: new Agent({ keepAlive: true }),
  }
}
