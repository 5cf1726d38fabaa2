import type { Connection } from '../client/connection.ts'
import type { Identity } from '../identities.ts'
import { webhookConfigurations } from './configurations.ts'
import { registerWebhooks } from './register.ts'
import { startWebhook } from './webhook.ts'

/**
 * Starts the webhook with an account of its own, and registers it as whoever administers the cluster; resolves with what
 * stops it. The configurations stay: without their webhook, an API server refuses what it should have been asked about.
 */
export async function inhabitWebhook(options: {
  connectAs: (identity: Identity) => Connection
  log: (text: string) => void
}): Promise<() => Promise<void>> {
  const connection = options.connectAs('webhook')
  const admin = options.connectAs('admin')
  const webhook = await startWebhook({ connection, port: 0, log: options.log })
  try {
    const { url, certificate } = webhook
    await registerWebhooks(admin, webhookConfigurations({ url, caBundle: certificate }))
  } catch (error) {
    connection.close()
    await webhook.close()
    throw error
  } finally {
    admin.close()
  }
  return async () => {
    connection.close()
    await webhook.close()
  }
}
