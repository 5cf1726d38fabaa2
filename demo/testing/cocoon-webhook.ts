import { connect } from '../client/connection.ts'
import { webhookConfigurations } from '../webhook/configurations.ts'
import { registerWebhooks } from '../webhook/register.ts'
import { startWebhook } from '../webhook/webhook.ts'

/** Starts Cocoon's webhook and registers it with an API server; resolves with what stops it again. */
export async function cocoonWebhook(server: { url: string; token: string }): Promise<() => Promise<void>> {
  const connection = connect({ server: server.url, token: server.token, userAgent: 'test/webhook' })
  const webhook = await startWebhook({ connection, port: 0 })
  await registerWebhooks(
    connection,
    webhookConfigurations({ url: webhook.url, caBundle: webhook.certificate }),
  )
  return async () => {
    connection.close()
    await webhook.close()
  }
}
