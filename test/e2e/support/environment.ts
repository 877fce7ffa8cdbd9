/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console --
   rules for shipped code; this starts a real n8n in a scratch folder */
import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';

import type { Corp, Sandbox, Settings } from '../../sandbox';
import { CALLABLE_AGENT_ID, seedSmall, startSandbox } from '../../sandbox';
import type { N8nInstall, N8nVersion } from './cache';
import { prepareN8n } from './cache';
import type { Surroundings } from './callbackUrl';
import type { Credential } from './editor';
import { Editor } from './editor';
import type { N8n } from './n8n';
import { CREDENTIAL_TYPE, startN8n } from './n8n';
import { say } from './processes';

/** A real n8n with our package, and the WeCom it talks to. One for all cases, which run one after the other. */
export class E2eEnvironment {
	n8n!: N8n;
	editor!: Editor;
	sandbox!: Sandbox;
	/** Made anew for each case, for the first corp of the sandbox. */
	credential!: Credential;
	/** Every corp secret and every token there ever was: none of them may be found anywhere in n8n. */
	readonly confidential = new Set<string>();

	private readonly home = mkdtempSync(join(tmpdir(), 'wecom-external-contact-n8n-'));
	private credentials = 0;
	private settings: Partial<Settings> = {};

	static get version(): N8nVersion {
		return (process.env.E2E_N8N ?? '2.41.0') as N8nVersion;
	}

	async start(): Promise<void> {
		const tarball = process.env.E2E_TARBALL;
		if (!tarball) throw new Error('Run these tests with: npm run test:e2e');
		const install: N8nInstall = await prepareN8n(E2eEnvironment.version);
		this.sandbox = await startSandbox();
		this.settings = { ...this.sandbox.world.settings };
		this.recordTokens(this.sandbox);
		// Pictures show an address that a real n8n might have.
		const env = process.env.E2E_PICTURES ? { WEBHOOK_URL: 'https://n8n.example.com/' } : {};
		say(`Starting n8n ${install.version}`);
		this.n8n = await startN8n({ install, tarball, home: this.home, env });
		this.editor = await Editor.open(this.n8n.url);
	}

	async stop(): Promise<void> {
		say('Stopping n8n');
		await this.n8n?.server.stop();
		await this.sandbox?.stop();
		if (process.env.E2E_KEEP) console.log(`Kept: ${this.home}`);
		else await rm(this.home, { recursive: true, force: true });
	}

	/**
	 * A small world as new, and a credential that never had a token. The apps get new secrets: in the real world
	 * a token does not die because a test starts.
	 */
	async reset(): Promise<void> {
		const { world, log, faults, clock } = this.sandbox;
		clock.unfreeze();
		clock.set(new Date());
		world.clear();
		seedSmall(world);
		for (const corp of world.corps.values()) {
			// At WeCom no msgid comes twice, and the node remembers those it has seen.
			for (let number = 0; number < this.credentials * 50; number++) corp.nextNumber();
			world.callbacks.setTarget(undefined, corp);
			for (const app of corp.apps.values()) app.secret = randomBytes(32).toString('base64url');
		}
		log.clear();
		faults.clear();
		Object.assign(world.settings, this.settings, { listDelaySeconds: 0, dispatchDelaySeconds: 0 });
		this.credential = await this.newCredential(this.credentialData());
	}

	async newCredential(data: IDataObject): Promise<Credential> {
		this.credentials += 1;
		return await this.editor.createCredential('WeCom account', CREDENTIAL_TYPE, data);
	}

	credentialData(corp: Corp = this.sandbox.world.corp, url = this.sandbox.url): IDataObject {
		const secret = corp.apps.get(CALLABLE_AGENT_ID)?.secret ?? '';
		this.confidential.add(secret);
		return { corpId: corp.corpId, secret, baseUrl: url, allowUnencrypted: false };
	}

	/** For callback URLs whose token and key are to be found nowhere either. */
	get callbackSurroundings(): Surroundings {
		const { n8n, editor, sandbox, confidential } = this;
		return { n8nUrl: n8n.url, editor, sandbox, confidential };
	}

	/** Remembers the tokens a sandbox gives out; its log hides them. */
	recordTokens({ world: { tokens } }: Sandbox): void {
		const issue = tokens.issue.bind(tokens);
		tokens.issue = (...args) => {
			const token = issue(...args);
			this.confidential.add(token.value);
			return token;
		};
	}

	/** IDs of the member's customers. */
	customersOf(userid: string): string[] {
		const { relations = [] } = this.sandbox.world.corp.members.get(userid) ?? {};
		return relations.map(({ customer }) => customer.externalUserid);
	}

	/** How often a path of WeCom was called, and with which of its tokens. */
	calls(path: string) {
		return this.sandbox.log.calls(`/cgi-bin/${path}`);
	}
}
