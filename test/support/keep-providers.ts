import { closeAfterEach } from './close-after-each.ts'
import { startFakeProvider, type FakeProvider, type FakeProviderOptions } from './fake-provider.ts'

/** For a test file: returns a function that starts a provider, which is closed when its test has ended. */
export function keepProviders(): (options: FakeProviderOptions) => Promise<FakeProvider> {
  const closeAfter = closeAfterEach()
  return (options) => closeAfter(startFakeProvider(options))
}
