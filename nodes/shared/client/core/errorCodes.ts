/**
 * What a failure asks of the caller.
 *
 * - `token`: the access token is refused; refresh it and repeat once
 * - `rateLimit`: too many calls; wait for the window
 * - `busy`: a passing condition on WeCom's side; repeat with back-off
 * - `notReady`: the object exists but cannot be read yet; wait seconds
 * - `credential`: corp ID or secret are wrong; repeating gets the IP blocked
 * - `permission`: something must be granted in the WeCom admin console
 * - `input`: the request must change
 * - `unknownOutcome`: nobody can say whether the request took effect
 */
export type ErrorKind =
	| 'token'
	| 'rateLimit'
	| 'busy'
	| 'notReady'
	| 'credential'
	| 'permission'
	| 'input'
	| 'unknownOutcome';

interface ErrorCode {
	readonly kind: ErrorKind;
	/** What happened, in words a workflow builder understands. */
	readonly meaning: string;
	/** What to do about it. */
	readonly remedy: string;
}

export const BUSY = -1;
export const BAD_PARAMETER = 40058;
export const NO_RECIPIENTS = 41048;
export const TASK_NOT_FOUND = 41047;
export const DISPATCHING = 41063;
export const CANCELLED = 41093;
export const RATE_LIMITED = 45009;
export const TOO_MANY_AT_ONCE = 45033;
export const NOT_A_CONTACT = 84061;
/** Four codes say that a member is unknown or out of the app's range (doc 90313). */
export const REFUSED_MEMBER: ReadonlySet<number> = new Set([40003, 46004, 60011, 60111]);
/** Two codes say that a chat ID is none of a customer group (docs 92122, 90313). */
export const UNKNOWN_GROUP: ReadonlySet<number> = new Set([40050, 86001]);
export const UNTRUSTED_IP = 60020;

const CHECK_IDS =
	'Check the ID. Use one that was listed with this same credential: other apps and corporations have other IDs.';
const RETRY_LATER = 'Wait a moment and run again.';
const CALLABLE_APP =
	'In the WeCom admin console open Customer Contact > API and add the app to the apps that may call it, then check the scope of members.';
const FIX_PARAMETERS = 'Check the values of this operation.';

function code(kind: ErrorKind, meaning: string, remedy: string): ErrorCode {
	return { kind, meaning, remedy };
}

/** The error codes of doc 90313 that the endpoints of this package and of its sandbox may answer. */
export const errorCodes: Readonly<Record<number, ErrorCode>> = {
	[BUSY]: code('busy', 'WeCom is busy', RETRY_LATER),

	// Credential and token
	40001: code(
		'credential',
		'WeCom refused the secret',
		'Copy the secret of the app again. It must belong to this corp ID, and the app must be enabled. Repeated wrong secrets block this IP for an hour.',
	),
	40013: code(
		'credential',
		'WeCom does not know this corp ID',
		'Copy the corp ID from the WeCom admin console, My Company > Company Information.',
	),
	40014: code(
		'token',
		'WeCom refused the access token',
		'The token is refreshed by itself; if this stays, check the secret.',
	),
	41001: code('token', 'The access token is missing', 'Check the credential of this node.'),
	41002: code('credential', 'The corp ID is missing', 'Fill in the corp ID of the credential.'),
	41004: code('credential', 'The secret is missing', 'Fill in the secret of the credential.'),
	42001: code(
		'token',
		'The access token has expired',
		'The token is refreshed by itself; if this stays, check the secret.',
	),

	// Limits
	45009: code(
		'rateLimit',
		'WeCom limits the number of calls',
		'It counts calls per minute, per hour and, for picture URLs, per day: run again later. If it happens while connecting, wrong secrets may have blocked this IP for an hour.',
	),
	[TOO_MANY_AT_ONCE]: code('busy', 'Too many calls at the same time', RETRY_LATER),
	45035: code('busy', 'Another change of the same data is running', RETRY_LATER),

	// Permission
	48001: code('permission', 'The app may not call this API', CALLABLE_APP),
	48002: code('permission', 'The app may not call the customer contact API', CALLABLE_APP),
	48004: code('permission', 'The authorization of the app is gone', CALLABLE_APP),
	48009: code(
		'permission',
		'The address book may not be read from this new IP',
		'Add the IP to the trusted IPs of the app.',
	),
	50003: code('permission', 'The app is disabled', 'Enable the app in the WeCom admin console.'),
	60011: code(
		'permission',
		'The app may not act on this member, department or tag',
		"Add the member to the app's visible range.",
	),
	[UNTRUSTED_IP]: code(
		'permission',
		"This server's IP is not trusted by the app",
		'In the WeCom admin console open the app > Trusted company IP and add the IP. It takes about a minute.',
	),
	84074: code('permission', 'No permission for external contacts', CALLABLE_APP),
	84084: code(
		'permission',
		'The member does not follow this customer or is out of range',
		"Check the member's customers and the app's visible range.",
	),
	90510: code(
		'permission',
		'The corporation had no active user for a year',
		'Use WeCom in the corporation, then try again.',
	),
	701008: code(
		'permission',
		'No valid interworking licence',
		'Buy or renew the licence in the WeCom admin console.',
	),
	701099: code(
		'permission',
		'No valid interworking licence',
		'Buy or renew the licence in the WeCom admin console.',
	),

	// Members and customers
	40003: code(
		'input',
		'WeCom does not know this member',
		`${CHECK_IDS} The member must be inside the app's visible range.`,
	),
	40031: code('input', 'The list of members is not valid', CHECK_IDS),
	40032: code('input', 'The list of members is too long', 'Use at most 1,000 members.'),
	40096: code('input', 'WeCom does not know this customer', CHECK_IDS),
	41035: code('input', 'The external user ID is missing', 'Fill in the external user ID.'),
	41054: code('input', 'The member is not activated', 'The member must log in to WeCom once.'),
	46004: code('input', 'The member does not exist', CHECK_IDS),
	60111: code('input', 'WeCom does not know this member', CHECK_IDS),
	81011: code(
		'permission',
		'The app has no right on this tag',
		'Only the app that created a tag may change it.',
	),
	[NOT_A_CONTACT]: code(
		'input',
		'The customer is not a contact of this member',
		'Choose the member who has the customer as a contact. The relation may also be gone.',
	),

	// Mass messages
	41046: code('input', 'The message ID is missing', 'Fill in the msgid of the task.'),
	[TASK_NOT_FOUND]: code('input', 'WeCom does not know this message ID', CHECK_IDS),
	[NO_RECIPIENTS]: code(
		'input',
		'Nobody is left to send to',
		"The customers are not contacts of the member, are outside the app's visible range, or have reached their receive limit.",
	),
	[DISPATCHING]: code(
		'notReady',
		'WeCom is still handing the task out',
		'Look again in some seconds.',
	),
	[CANCELLED]: code('input', 'The task is cancelled', 'Create a new task.'),
	41094: code(
		'input',
		'The members were reminded too often',
		'A task can be reminded 3 times in 24 hours. Wait, then remind again.',
	),

	// Welcome messages
	41049: code('input', 'The welcome code is missing', 'Fill in the welcome code of the event.'),
	41050: code(
		'input',
		'The welcome code is not valid',
		'A welcome code is valid for 20 seconds and once.',
	),
	41051: code(
		'input',
		'The customer has already started to chat',
		'A welcome message is no longer possible.',
	),

	// Tags
	40068: code('input', 'WeCom does not know this tag or tag group', CHECK_IDS),
	40071: code('input', 'A tag with this name already exists', 'Choose another name.'),
	40072: code('input', 'The name of the tag has a wrong length', 'Use 1 to 30 characters.'),
	40126: code('input', 'The corporation has too many tags', 'Delete tags that are no longer used.'),
	41017: code('input', 'The tag ID is missing', 'Choose at least one tag.'),
	41018: code('input', 'The tag name is missing', 'Fill in the name of the tag.'),

	// Customer groups
	40050: code('input', 'WeCom does not know this customer group', CHECK_IDS),
	81017: code(
		'input',
		'There are too many members to list all customer groups at once',
		'Choose the owners whose groups you want.',
	),
	86001: code('input', 'The chat ID is not valid', CHECK_IDS),
	86003: code('input', 'The chat ID is missing', 'Fill in the chat ID.'),
	90501: code('input', 'The chat is not a customer group', CHECK_IDS),

	// Media and content
	40004: code(
		'input',
		'The type of the file is not allowed',
		'Images are JPG or PNG, videos are MP4.',
	),
	40005: code('input', 'The media type is not valid', 'Use image, video or file.'),
	40006: code(
		'input',
		'The size of the file is not allowed',
		'Images and videos up to 10 MB, files up to 20 MB, all above 5 bytes.',
	),
	40007: code(
		'input',
		'WeCom refused the media ID',
		'A media ID lives for 3 days and must come from Media > Upload of the same corporation. Upload the file again.',
	),
	40008: code('input', 'The message type is not valid', FIX_PARAMETERS),
	40009: code(
		'input',
		'The size of the image is not allowed',
		'Images are JPG or PNG up to 10 MB.',
	),
	40011: code('input', 'The size of the video is not allowed', 'Videos are MP4 up to 10 MB.'),
	40123: code('input', 'The image is not valid', 'Use a JPG or PNG.'),
	41016: code('input', 'The title is missing', 'Fill in the title.'),
	41064: code('input', 'There are too many attachments', 'Use at most 9 attachments.'),
	41065: code('input', 'The type of an attachment is not valid', FIX_PARAMETERS),
	41080: code('input', 'The size of the attachment is not allowed', FIX_PARAMETERS),
	41081: code('input', 'The resolution of the attachment is not allowed', FIX_PARAMETERS),
	41082: code('input', 'The duration of the attachment is not allowed', FIX_PARAMETERS),
	41090: code('input', 'The video is not MP4', 'Use an MP4 file.'),
	41072: code('input', 'The media was uploaded for another use', 'Upload it with Media > Upload.'),
	44001: code('input', 'The file is empty', 'Check the binary field of the item.'),
	44004: code('input', 'The content is empty', 'Fill in the message.'),
	45001: code(
		'input',
		'The file is too large',
		'Images and videos up to 10 MB, files up to 20 MB.',
	),
	45002: code('input', 'The content is too long', 'The text may have 4,000 bytes in UTF-8.'),
	85002: code('input', 'The content contains forbidden words', 'Change the text.'),

	// Parameters in general
	40035: code('input', 'A parameter is not valid', FIX_PARAMETERS),
	[BAD_PARAMETER]: code('input', 'A parameter is not valid', FIX_PARAMETERS),
	40063: code('input', 'Some parameters are empty', FIX_PARAMETERS),
	600018: code(
		'input',
		'The start or end time is not valid',
		'Choose a start before the end and a span WeCom allows.',
	),
};

/** The entry of a code; one that is not among them counts as a refused request. */
export function errorCode(errcode: number): ErrorCode {
	return (
		errorCodes[errcode] ??
		code(
			'input',
			'WeCom refused the request',
			'Look the code up in the WeCom documentation, doc 90313.',
		)
	);
}
