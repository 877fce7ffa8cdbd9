/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals --
   rules for shipped code; this opens a real browser */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { prepareBrowserDriver } from './cache';
import { OWNER } from './editor';
import { waitFor } from './processes';

/** The little that we use of playwright-core, which is in the cache folder and not among our dependencies. */
export interface Locator {
	click(options?: { timeout: number }): Promise<void>;
	count(): Promise<number>;
	dblclick(): Promise<void>;
	fill(text: string): Promise<void>;
	filter(options: { hasText: string }): Locator;
	first(): Locator;
	allTextContents(): Promise<string[]>;
	innerText(): Promise<string>;
	locator(selector: string): Locator;
	screenshot(options: PictureOptions): Promise<Buffer>;
	waitFor(options?: { state: 'visible' | 'hidden' }): Promise<void>;
}

export interface Page {
	addStyleTag(options: { content: string }): Promise<unknown>;
	goto(url: string): Promise<unknown>;
	keyboard: { press(key: string): Promise<void> };
	locator(selector: string): Locator;
	screenshot(options: PictureOptions): Promise<Buffer>;
	setContent(html: string): Promise<void>;
	setViewportSize(size: { width: number; height: number }): Promise<void>;
	setDefaultTimeout(ms: number): void;
	waitForURL(matches: (url: URL) => boolean): Promise<void>;
}

interface PictureOptions {
	path?: string;
	animations: 'disabled';
}

interface Driver {
	chromium: {
		launch(options: object): Promise<{
			newPage(options: object): Promise<Page>;
			close(): Promise<void>;
		}>;
	};
}

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const ARGUMENTS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

/** The first page of n8n's editor is many megabytes of code. */
const TIMEOUT_MS = 120_000;

/** The browser of this machine; CHROMIUM names one in an unusual place. */
export function findBrowser(): string | undefined {
	return [process.env.CHROMIUM ?? '', ...PLACES].find((path) => path !== '' && existsSync(path));
}

export interface Browser {
	readonly page: Page;
	/** Whatever has this test ID in n8n's editor. */
	the(testId: string): Locator;
	/** Takes a picture of the page, or a part of it, for the documentation if this run was asked for some. */
	picture(name: string, part?: Locator): Promise<void>;
	close(): Promise<void>;
}

/** Opens n8n's editor as the owner. */
export async function openBrowser(url: string): Promise<Browser> {
	const driver = createRequire(__filename)(await prepareBrowserDriver()) as Driver;
	const browser = await driver.chromium.launch({
		executablePath: findBrowser(),
		args: ARGUMENTS,
		timeout: TIMEOUT_MS,
	});
	const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
	page.setDefaultTimeout(TIMEOUT_MS);
	await page.goto(`${url}/signin`);
	await page.locator('input[name=emailOrLdapLoginId], input[type=email]').fill(OWNER.email);
	await page.locator('input[type=password]').fill(OWNER.password);
	await page.keyboard.press('Enter');
	await page.waitForURL(({ pathname }) => !pathname.includes('signin'));
	return {
		page,
		the: (testId) => page.locator(`[data-test-id="${testId}"]`),
		picture: async (name, part) => {
			const folder = process.env.E2E_PICTURES;
			if (folder)
				await (part ?? page).screenshot({
					path: join(folder, `${name}.png`),
					animations: 'disabled',
				});
		},
		close: async () => await browser.close(),
	};
}

/** Hides the buttons around a workflow, for its picture. */
export async function showOnlyCanvas({ page }: Browser): Promise<void> {
	await page.addStyleTag({
		content: `
			body * { visibility: hidden; }
			[data-test-id="canvas"], [data-test-id="canvas"] .vue-flow__viewport * { visibility: visible; }
			.vue-flow__viewport [data-test-id="canvas-node-toolbar"] * { visibility: hidden; }`,
	});
}

/** The boxes at the corner of the editor, which would hide what a picture is of. */
export async function closeMessages({ page }: Browser): Promise<void> {
	const boxes = page.locator('.el-notification__closeBtn');
	await waitFor('all messages to be closed', async () => {
		if ((await boxes.count()) === 0) return true;
		// Most go by themselves after some seconds, perhaps just now.
		await boxes
			.first()
			.click({ timeout: 1_000 })
			.catch(() => undefined);
		return false;
	});
}
