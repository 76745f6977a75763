package dev.scrubjay.simulation;

import dev.scrubjay.message.ClientReply;
import dev.scrubjay.message.ClientRequest;
import dev.scrubjay.message.Frame;
import dev.scrubjay.value.Entry;
import java.util.HashMap;
import java.util.Map;

/// What a client is told is chosen. That it stays so is what `AgreementInv` says.
final class DurableBeforeAcknowledgedInv extends Invariant {
    private record Place(long session, long number) {}

    private final Disks disks;
    private final Map<Place, ClientRequest> asked = new HashMap<>();

    DurableBeforeAcknowledgedInv(Disks disks) {
        this.disks = disks;
    }

    @Override
    void sent(String from, Frame frame) {
        if (frame instanceof Frame.Asked(var _, var _, var _, var request)) {
            asked.put(new Place(request.session(), request.number()), request);
        }
        if (frame
                instanceof Frame.Told(var group, var _, var client, var session, var number, ClientReply.Answered _)) {
            var request = asked.get(new Place(session, number));
            if (request == null
                    || disks.slotOf(group, new Entry.Write(session, number, request.request()))
                            .isEmpty()) {
                throw broken(from + " answered request " + number + " of session " + session + " of " + client
                        + " in group " + group + ", and no quorum has synced it: " + request);
            }
        }
    }
}
