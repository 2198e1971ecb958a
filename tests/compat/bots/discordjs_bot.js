// The play's bot, written for discord.js.

const {
  ActionRowBuilder, ApplicationCommandOptionType: Option, AttachmentBuilder, AuditLogEvent,
  ButtonBuilder, ButtonStyle, ChannelType, Client, EmbedBuilder, Events, GatewayIntentBits,
  MessageFlags, ModalBuilder, PermissionFlagsBits, StringSelectMenuBuilder, TextInputBuilder,
  TextInputStyle, UserSelectMenuBuilder,
} = require('discord.js');

// `rest` is what `disruption local --env` prints; the rest is a bot like any other.
const client = new Client({
  intents: Object.values(GatewayIntentBits).filter((bit) => typeof bit === 'number'),
  rest: { api: process.env.LOCAL_REST.replace('/v10', ''), version: '10' },
});

const FRUIT = ['apple', 'apricot', 'banana'];
let general, role, invite;

client.once(Events.ClientReady, async () => {
  await client.application.commands.set([
    {
      name: 'roll', description: 'Roll dice', options: [
        {
          type: Option.Integer, name: 'sides', description: 'How many', required: true,
          min_value: 2, max_value: 100,
        },
        { type: Option.User, name: 'who', description: 'For whom', required: true },
      ],
    },
    {
      name: 'pick', description: 'Pick a fruit', options: [
        {
          type: Option.String, name: 'fruit', description: 'Which', required: true,
          autocomplete: true,
        },
      ],
    },
    { name: 'slow', description: 'Take a while' },
    { name: 'panel', description: 'Show a panel' },
    { name: 'Quote', type: 3 },
  ]);
  general = client.channels.cache.find((channel) => channel.name === 'general');
  await general.send('ready');
});

client.on(Events.GuildMemberAdd, (member) => general.send(`welcome ${member.user.username}`));

client.on(Events.MessageReactionAdd, async (reaction, user) => {
  if (user.id !== client.user.id) await general.send(`saw ${reaction.emoji.name}`);
});

client.on(Events.MessageCreate, async (message) => {
  if (message.author.bot || !message.guild) return;
  if (message.channel.isThread() && message.content === 'hello') {
    await message.channel.send(`heard in ${message.channel.name}`);
    return;
  }
  if (!message.content.startsWith('!')) return;
  const [name, ...words] = message.content.slice(1).split(' ');
  try {
    const answer = await commands[name](message, ...words);
    if (answer) await general.send(answer);
  } catch (error) {
    console.error(error);
    await general.send(`FAIL ${name} ${error}`.slice(0, 1900));
  }
});

const commands = {
  async ping(message) {
    await message.reply('pong');
  },

  async file(message) {
    const sent = await message.channel.send({
      content: 'here',
      files: [
        new AttachmentBuilder(Buffer.from('hello'), { name: 'hello.txt' }),
        new AttachmentBuilder(Buffer.from([...Array(256).keys()]), {
          name: 'bytes.bin', description: 'All bytes',
        }),
      ],
      embeds: [new EmbedBuilder().setTitle('A title')],
    });
    return 'read ' + await (await fetch(sent.attachments.first().url)).text();
  },

  async edit(message) {
    const sent = await message.channel.send('draft');
    await sent.edit({ content: 'final', embeds: [new EmbedBuilder().setTitle('Edited')] });
    await (await message.channel.send('gone')).delete();
    return 'done edit';
  },

  async react(message) {
    const first = await message.react('👍');
    const second = await message.react('🎉');
    const users = await first.users.fetch();
    await second.users.remove(client.user.id);
    return `done react ${users.size}`;
  },

  async thread(message) {
    const thread = await message.startThread({ name: 'Side', autoArchiveDuration: 60 });
    await thread.send('inside');
    return 'done thread';
  },

  async archive(message) {
    await message.channel.edit({ archived: true, locked: true });
  },

  async role(message) {
    role = await message.guild.roles.create({
      name: 'Mods', colors: { primaryColor: 0xe74c3c }, hoist: true, reason: 'because ünï',
    });
    await message.member.roles.add(role);
    const member = await message.guild.members.fetch({ user: message.author.id, force: true });
    return `done role ${member.roles.cache.size - 1}`; // without @everyone
  },

  async unrole(message) {
    await message.member.roles.remove(role);
    await role.edit({ name: 'Nobodies' });
    await role.delete();
    return 'done unrole';
  },

  async moderate(message, userId) {
    const member = await message.guild.members.fetch(userId);
    await member.setNickname('Bobby');
    await member.timeout(600_000, 'spam');
    return 'done moderate';
  },

  async kick(message, userId) {
    await message.guild.members.kick(userId, 'out');
    return 'done kick';
  },

  async ban(message, userId) {
    await message.guild.bans.create(userId, { reason: 'rude' });
    const bans = await message.guild.bans.fetch();
    return `done ban ${bans.size} ${bans.first().reason}`;
  },

  async unban(message, userId) {
    await message.guild.bans.remove(userId);
    return `done unban ${(await message.guild.bans.fetch()).size}`;
  },

  async purge(message) {
    const sent = [];
    for (const text of ['a', 'b', 'c']) sent.push(await message.channel.send(text));
    await message.channel.bulkDelete(sent);
    return 'done purge';
  },

  async hook(message) {
    const hook = await message.channel.createWebhook({ name: 'Hook' });
    const sent = await hook.send({ content: 'from a hook', username: 'Zed' });
    await hook.editMessage(sent, 'edited hook');
    await hook.delete();
    return 'done hook';
  },

  async history(message) {
    const archive = message.guild.channels.cache.find((channel) => channel.name === 'archive');
    const found = [];
    for (let before; ;) {
      const page = await archive.messages.fetch({ limit: 100, before });
      found.push(...page.values());
      if (page.size < 100) break;
      before = page.last().id;
    }
    return `done history ${found.length} ${found.at(-1).content} ${found[0].content}`;
  },

  async audit(message) {
    const log = await message.guild.fetchAuditLogs({ type: AuditLogEvent.RoleCreate });
    return `done audit ${log.entries.first().reason}`;
  },

  async invite(message) {
    invite = await message.channel.createInvite({ maxAge: 600, maxUses: 2 });
    return `invite ${invite.code}`;
  },

  async uninvite(message) {
    await invite.delete();
    return `done uninvite ${(await message.guild.invites.fetch()).size}`;
  },

  async dm(message) {
    await message.author.send('psst');
    return 'done dm';
  },

  async channel(message) {
    const { guild } = message;
    const category = await guild.channels.create({
      name: 'Cat', type: ChannelType.GuildCategory,
    });
    const channel = await guild.channels.create({
      name: 'made', parent: category,
      permissionOverwrites: [{ id: guild.id, deny: [PermissionFlagsBits.SendMessages] }],
    });
    await channel.setTopic('news');
    await (await channel.send('first')).pin();
    const pins = await channel.messages.fetchPins();
    await channel.delete();
    await category.delete();
    return `done channel ${pins.items.length}`;
  },

  async burst(message) {
    await Promise.all([...Array(7).keys()].map((number) => message.channel.send(`b${number}`)));
    return 'done burst';
  },

  async error(message) {
    try {
      await message.channel.messages.fetch('123');
    } catch (error) {
      return `error ${error.code}`;
    }
    return 'FAIL error';
  },
};

client.on(Events.InteractionCreate, async (interaction) => {
  try {
    if (interaction.isAutocomplete()) {
      const fitting = FRUIT.filter((fruit) => fruit.startsWith(interaction.options.getFocused()));
      await interaction.respond(fitting.map((fruit) => ({ name: fruit, value: fruit })));
    } else if (interaction.isCommand()) {
      await uses[interaction.commandName](interaction);
    } else if (interaction.isMessageComponent()) {
      await touches[interaction.customId](interaction);
    } else if (interaction.isModalSubmit()) {
      await interaction.reply(`hi ${interaction.fields.getTextInputValue('name')}`);
    }
  } catch (error) {
    console.error(error);
    await general.send(`FAIL ${error}`.slice(0, 1900));
  }
});

const uses = {
  async roll(interaction) {
    const sides = interaction.options.getInteger('sides');
    const who = interaction.options.getUser('who').username;
    await interaction.reply(`rolled ${sides} for ${who}`);
    const original = await interaction.fetchReply();
    await interaction.followUp('again');
    await interaction.editReply(`${original.content}, really`);
  },

  async pick(interaction) {
    await interaction.reply(`picked ${interaction.options.getString('fruit')}`);
  },

  async slow(interaction) {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const file = new AttachmentBuilder(Buffer.from('abc'), { name: 's.txt' });
    await interaction.editReply({ content: 'slow done', files: [file] });
  },

  async panel(interaction) {
    const button = (id, label, style) =>
      new ButtonBuilder().setCustomId(id).setLabel(label).setStyle(style);
    const colours = new StringSelectMenuBuilder().setCustomId('colour').addOptions(
      { label: 'Red', value: 'red' }, { label: 'Blue', value: 'blue' },
    );
    const people = new UserSelectMenuBuilder().setCustomId('who');
    await interaction.reply({
      content: 'choose',
      components: [
        new ActionRowBuilder().addComponents(
          button('yes', 'Yes', ButtonStyle.Primary), button('form', 'Form', ButtonStyle.Secondary),
        ),
        new ActionRowBuilder().addComponents(colours),
        new ActionRowBuilder().addComponents(people),
      ],
    });
  },

  async Quote(interaction) {
    await interaction.reply(`> ${interaction.targetMessage.content}`);
  },
};

const touches = {
  async yes(interaction) {
    await interaction.update({ content: 'clicked', components: [] });
  },

  async form(interaction) {
    const name = new TextInputBuilder()
      .setCustomId('name').setLabel('Name').setStyle(TextInputStyle.Short);
    await interaction.showModal(
      new ModalBuilder().setCustomId('form').setTitle('Who are you?')
        .addComponents(new ActionRowBuilder().addComponents(name)),
    );
  },

  async colour(interaction) {
    await interaction.reply({
      content: `chose ${interaction.values[0]}`, flags: MessageFlags.Ephemeral,
    });
  },

  async who(interaction) {
    await interaction.reply({
      content: `chose ${interaction.users.first().username}`, flags: MessageFlags.Ephemeral,
    });
  },
};

client.on(Events.Error, console.error);
client.login(process.env.DISCORD_TOKEN);
