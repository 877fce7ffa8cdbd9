const { n8n } = require('./package.json');

/** Every node and credential of the package, by the name of its class. */
module.exports = Object.assign(
	{},
	...[...n8n.credentials, ...n8n.nodes].map((path) => require(`./${path}`)),
);
