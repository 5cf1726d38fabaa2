import type { Body, Fields, Manifest } from './manifest.ts'
import { inNamespace, tried } from './manifest.ts'

const SERVICES_PATH = inNamespace('services')
const service = (spec: Fields): Body => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web' },
  spec,
})

export const SERVICES: readonly Manifest[] = [
  tried('service: no ports', SERVICES_PATH, service({ selector: { a: 'b' } })),
  tried('service: headless', SERVICES_PATH, service({ clusterIP: 'None', ports: [{ port: 80 }] })),
  tried(
    'service: external name',
    SERVICES_PATH,
    service({ type: 'ExternalName', externalName: 'localhost' }),
  ),
  tried(
    'service: external name with ports',
    SERVICES_PATH,
    service({ type: 'ExternalName', externalName: 'localhost', ports: [{ port: 443, targetPort: 8443 }] }),
  ),
  tried('service: external name missing', SERVICES_PATH, service({ type: 'ExternalName' })),
  tried(
    'service: ports',
    SERVICES_PATH,
    service({
      clusterIP: 'None',
      ports: [
        { port: 0 },
        { port: 80, protocol: 'FTP' },
        { port: 80, name: 'A_', targetPort: 'UPPER_' },
        { port: 81, name: 'a', targetPort: 0 },
      ],
    }),
  ),
  tried('service: type', SERVICES_PATH, service({ type: 'Magic', clusterIP: 'None', ports: [{ port: 80 }] })),
  tried(
    'service: affinity',
    SERVICES_PATH,
    service({
      clusterIP: 'None',
      sessionAffinity: 'ClientIP',
      ports: [{ port: 80, name: 'http', targetPort: 'web' }],
    }),
  ),
]
